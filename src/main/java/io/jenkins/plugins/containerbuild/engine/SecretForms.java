package io.jenkins.plugins.containerbuild.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The forms in which a secret turns up in logs: itself and each of its lines, URL-encoded, and in base64, alone or with
 * something in front of it such as an account ({@code Authorization: Basic}), in one line or in the lines of a tool.
 */
final class SecretForms {

    /** A line of less says nothing and would be found everywhere: braces, {@code ---}. */
    private static final int SHORTEST_LINE = 4;

    /** Less would leave a handful of characters in the middle of base64, which are found by chance. */
    private static final int SHORTEST_INSIDE = 8;

    /** The length of {@code %2F}. */
    private static final int ESCAPE = 3;

    /** The widths at which coreutils and openssl break lines. */
    private static final List<Integer> WIDTHS = List.of(76, 64);

    private SecretForms() {}

    /** Every form; none is blank. */
    static Stream<String> of(byte[] secret) {
        String text = new String(secret, StandardCharsets.UTF_8);
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return Stream.empty();
        }
        byte[] bare = stripped.getBytes(StandardCharsets.UTF_8);
        byte[] line = (stripped + '\n').getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                        Stream.of(text, stripped),
                        text.lines().map(String::strip).filter(part -> part.length() >= SHORTEST_LINE),
                        urlEncoded(stripped),
                        Stream.of(secret, bare, line).flatMap(SecretForms::base64),
                        Stream.of(secret, bare).flatMap(SecretForms::insideBase64))
                .flatMap(forms -> forms)
                .filter(form -> !form.isBlank());
    }

    private static Stream<String> urlEncoded(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String percent = form.replace("+", "%20");
        return Stream.of(form, percent, lowerCaseEscapes(form), lowerCaseEscapes(percent));
    }

    private static String lowerCaseEscapes(String encoded) {
        char[] lower = encoded.toCharArray();
        for (int i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', i + ESCAPE)) {
            for (int digit = i + 1; digit < i + ESCAPE; digit++) {
                lower[digit] = Character.toLowerCase(lower[digit]);
            }
        }
        return new String(lower);
    }

    /** Bytes in base64, as libraries and tools write it. */
    static Stream<String> base64(byte[] bytes) {
        String standard = Base64.getEncoder().encodeToString(bytes);
        String url = Base64.getUrlEncoder().encodeToString(bytes);
        return Stream.concat(
                Stream.of(standard, url, unpadded(standard), unpadded(url)),
                WIDTHS.stream()
                        .filter(width -> width < standard.length())
                        .flatMap(width -> pieces(standard, width))
                        .filter(piece -> piece.length() >= SHORTEST_LINE));
    }

    private static String unpadded(String base64) {
        return base64.replace("=", "");
    }

    private static Stream<String> pieces(String text, int width) {
        return IntStream.iterate(0, start -> start < text.length(), start -> start + width)
                .mapToObj(start -> text.substring(start, Math.min(text.length(), start + width)));
    }

    /**
     * What of the secret's base64 does not depend on its neighbours, behind any number of bytes: these shift it by
     * none, one or two places.
     */
    private static Stream<String> insideBase64(byte[] secret) {
        if (secret.length < SHORTEST_INSIDE) {
            return Stream.empty();
        }
        return IntStream.range(0, 3)
                .mapToObj(shift -> {
                    int skipped = (3 - shift) % 3;
                    int whole = (secret.length - skipped) / 3 * 3;
                    return Arrays.copyOfRange(secret, skipped, skipped + whole);
                })
                .flatMap(core -> Stream.of(
                        Base64.getEncoder().encodeToString(core),
                        Base64.getUrlEncoder().encodeToString(core)));
    }
}
