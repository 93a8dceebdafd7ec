package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What may have been meant by a word that nobody knows. */
final class Suggestion {

    private static final int LONGEST = 60;

    private Suggestion() {}

    /**
     * "Did you mean 'event'? Allowed are: event, enable", or the latter alone where nothing is close.
     *
     * @param known not empty
     */
    static String of(String given, Collection<String> known) {
        return nearest(given, known) + "Allowed are: " + String.join(", ", known);
    }

    /** "Did you mean 'event'? ", or nothing where nothing is close. */
    static String nearest(String given, Collection<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(given, candidate)))
                .orElseThrow();
        return distance(given, nearest) <= Math.max(1, nearest.length() / 2) ? "Did you mean '" + nearest + "'? " : "";
    }

    /** How many letters have to be put in, taken away or changed (Levenshtein). */
    private static int distance(String given, String other) {
        // Nobody types a word that long, and it would take long.
        String one = given.substring(0, Math.min(given.length(), LONGEST)).toLowerCase(Locale.ROOT);
        if (one.length() > 1 && other.startsWith(one)) {
            return 0; // it was not typed to its end
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == Character.toLowerCase(other.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
