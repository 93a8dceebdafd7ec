package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What an image runs on, written {@code os[/architecture[/variant]]} as in {@code docker build --platform}. Names are
 * the ones of the OCI image specification, which are Go's: {@code amd64} and {@code arm64}, not {@code x86_64} and
 * {@code aarch64}; the latter are understood and replaced.
 *
 * @param os the operating system; not null
 * @param architecture the processor, or null for whatever the daemon has
 * @param variant the processor's variant, or null; only with an architecture
 */
public record Platform(String os, String architecture, String variant) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Set<String> SYSTEMS = Set.of(
            "aix",
            "android",
            "darwin",
            "dragonfly",
            "freebsd",
            "illumos",
            "ios",
            "js",
            "linux",
            "netbsd",
            "openbsd",
            "plan9",
            "solaris",
            "wasi",
            "wasip1",
            "windows");
    private static final Set<String> ARCHITECTURES = Set.of(
            "386",
            "amd64",
            "arm",
            "arm64",
            "loong64",
            "mips",
            "mips64",
            "mips64le",
            "mipsle",
            "ppc64",
            "ppc64le",
            "riscv64",
            "s390x",
            "wasm");
    private static final int LONGEST = 100;

    /**
     * Brings the names into their usual form.
     *
     * @throws IllegalArgumentException when one of them is empty or has characters that no platform has
     */
    public Platform {
        String text = os + (architecture == null ? "" : "/" + architecture) + (variant == null ? "" : "/" + variant);
        os = normalizedOs(checked(Objects.requireNonNull(os, "os"), text));
        if (architecture == null && variant != null) {
            throw invalid(text, "a variant needs an architecture");
        }
        if (architecture != null) {
            String given = checked(architecture, text);
            architecture = normalizedArchitecture(given);
            variant = variant == null ? impliedVariant(given) : normalizedVariant(checked(variant, text));
        }
    }

    /**
     * Reads {@code os[/architecture[/variant]]}.
     *
     * @param text not null
     * @throws IllegalArgumentException when the text is no platform; the message says why and shows the text
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", 5);
        if (parts.length > 3) {
            throw invalid(text, "it has more than three parts");
        }
        Platform platform =
                new Platform(parts[0], parts.length > 1 ? parts[1] : null, parts.length > 2 ? parts[2] : null);
        if (parts.length == 1 && !SYSTEMS.contains(platform.os())) {
            String architecture = normalizedArchitecture(platform.os());
            throw ARCHITECTURES.contains(architecture)
                    ? invalid(text, "this is an architecture without an operating system; write linux/" + architecture)
                    : invalid(text, "this is no operating system that images exist for");
        }
        return platform;
    }

    private static String checked(String part, String text) {
        if (part.isEmpty()) {
            throw invalid(text, "a part of it is empty");
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (!Offence.isAlphanumeric(c) && c != '_' && c != '.' && c != '-' || i == 0 && c == '-') {
                throw invalid(text, i == 0 && c == '-' ? "starts with '-'" : Offence.at(part, i, "a part of it"));
            }
        }
        if (part.length() > LONGEST) {
            throw invalid(text, "a part of it is " + part.length() + " characters long");
        }
        return part.toLowerCase(Locale.ROOT);
    }

    private static String normalizedOs(String name) {
        return name.equals("macos") ? "darwin" : name;
    }

    private static String normalizedArchitecture(String name) {
        return switch (name) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            case "armhf", "armel" -> "arm";
            case "i386" -> "386";
            default -> name;
        };
    }

    private static String impliedVariant(String architecture) {
        return switch (architecture) {
            case "armhf" -> "v7";
            case "armel" -> "v6";
            default -> null;
        };
    }

    private static String normalizedVariant(String variant) {
        return variant.length() == 1 && Offence.isDigit(variant.charAt(0)) ? "v" + variant : variant;
    }

    private static IllegalArgumentException invalid(String text, String reason) {
        return new IllegalArgumentException("Invalid platform \"" + Printable.shortened(text) + "\": " + reason
                + "; platforms are written os[/architecture[/variant]], for example linux/amd64 or linux/arm64/v8");
    }

    /** The usual form: {@code linux}, {@code linux/amd64}, {@code linux/arm64/v8}. */
    @Override
    public String toString() {
        return os + (architecture == null ? "" : "/" + architecture) + (variant == null ? "" : "/" + variant);
    }
}
