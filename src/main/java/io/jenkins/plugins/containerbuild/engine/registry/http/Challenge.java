package io.jenkins.plugins.containerbuild.engine.registry.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One challenge of a WWW-Authenticate header (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case: {@code basic}, {@code bearer}
 * @param parameters with names in lower case
 */
public record Challenge(String scheme, Map<String, String> parameters) {

    /** Reads every challenge of every header; what makes no sense is skipped. */
    public static List<Challenge> parse(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        for (String header : headers) {
            new Reader(header).readInto(all);
        }
        return all;
    }

    /** The first one of a scheme, which is in lower case. */
    public static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
    }

    /** A parameter by its name in lower case; an empty text where there is none. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void readInto(List<Challenge> all) {
            Challenge current = null;
            while (at < text.length()) {
                skip(" \t,");
                String word = word();
                if (word.isEmpty()) {
                    at++;
                    continue;
                }
                skip(" \t");
                if (current != null && at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    current.parameters.put(word.toLowerCase(Locale.ROOT), value());
                } else {
                    current = new Challenge(word.toLowerCase(Locale.ROOT), new HashMap<>());
                    all.add(current);
                }
            }
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String word() {
            int start = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return word();
            }
            StringBuilder out = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                out.append(text.charAt(at));
            }
            at++;
            return out.toString();
        }
    }
}
