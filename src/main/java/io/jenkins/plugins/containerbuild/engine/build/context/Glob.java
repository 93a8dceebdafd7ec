package io.jenkins.plugins.containerbuild.engine.build.context;

import java.util.Arrays;

/**
 * A wildcard pattern as a chain of steps, followed with all possibilities at once. The time for one path is bounded by
 * the product of the lengths of path and pattern, whatever the pattern.
 */
final class Glob {

    /** Any character but a slash. */
    private static final int ONE = -1;
    /** Any number of characters but slashes. */
    private static final int MANY = -2;
    /** Any number of characters. */
    private static final int ALL = -3;
    /** Either nothing, or what {@link #IN_DIRECTORIES} eats. */
    private static final int DIRECTORIES = -4;
    /** Any number of characters, up to and with some slash. */
    private static final int IN_DIRECTORIES = -5;

    private static final int CLASS = -6;

    private final int[] steps;
    private final CharacterClass[] classes;

    private Glob(int[] steps, CharacterClass[] classes) {
        this.steps = steps;
        this.classes = classes;
    }

    boolean matches(String path) {
        return reached(path).has(steps.length);
    }

    /** Whether something can be put behind this text so that the whole matches. */
    boolean canContinue(String text) {
        return reached(text).hasOtherThan(steps.length);
    }

    private States reached(String text) {
        States now = new States(steps.length + 1);
        States then = new States(steps.length + 1);
        enter(now, 0);
        for (int i = 0; i < text.length() && now.count > 0; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            then.clear();
            for (int s = 0; s < now.count; s++) {
                follow(now.states[s], c, then);
            }
            States swap = now;
            now = then;
            then = swap;
        }
        return now;
    }

    private void follow(int state, int c, States then) {
        if (state == steps.length) {
            return;
        }
        switch (steps[state]) {
            case ALL -> enter(then, state);
            case MANY -> {
                if (c != '/') {
                    enter(then, state);
                }
            }
            case IN_DIRECTORIES -> {
                enter(then, state);
                if (c == '/') {
                    enter(then, state + 1);
                }
            }
            case DIRECTORIES -> {
                // Its possibilities were entered together with it.
            }
            default -> {
                if (accepts(state, c)) {
                    enter(then, state + 1);
                }
            }
        }
    }

    private boolean accepts(int state, int c) {
        return switch (steps[state]) {
            case ONE -> c != '/';
            case CLASS -> classes[state].contains(c);
            default -> steps[state] == c;
        };
    }

    /** Enters a state and those that can be reached from it without a character. */
    private void enter(States set, int state) {
        int s = state;
        while (set.add(s) && s < steps.length) {
            if (steps[s] == MANY || steps[s] == ALL) {
                s++;
            } else if (steps[s] == DIRECTORIES) {
                set.add(s + 1);
                s += 2;
            } else {
                return;
            }
        }
    }

    /** States without duplicates, in the order of their arrival. */
    private static final class States {

        private final int[] states;
        private final boolean[] present;
        private int count;

        States(int size) {
            states = new int[size];
            present = new boolean[size];
        }

        boolean add(int state) {
            if (present[state]) {
                return false;
            }
            present[state] = true;
            states[count++] = state;
            return true;
        }

        boolean has(int state) {
            return present[state];
        }

        boolean hasOtherThan(int state) {
            return count > (present[state] ? 1 : 0);
        }

        void clear() {
            for (int i = 0; i < count; i++) {
                present[states[i]] = false;
            }
            count = 0;
        }
    }

    /** Puts a pattern together. */
    static final class Builder {

        private int[] steps = new int[16];
        private CharacterClass[] classes = new CharacterClass[16];
        private int length;

        void literal(int c) {
            add(c, null);
        }

        void one() {
            add(ONE, null);
        }

        void many() {
            add(MANY, null);
        }

        void all() {
            add(ALL, null);
        }

        void directories() {
            add(DIRECTORIES, null);
            add(IN_DIRECTORIES, null);
        }

        void oneOf(CharacterClass characters) {
            add(CLASS, characters);
        }

        private void add(int step, CharacterClass characters) {
            if (length == steps.length) {
                steps = Arrays.copyOf(steps, 2 * length);
                classes = Arrays.copyOf(classes, 2 * length);
            }
            classes[length] = characters;
            steps[length++] = step;
        }

        Glob build() {
            return new Glob(Arrays.copyOf(steps, length), Arrays.copyOf(classes, length));
        }
    }
}
