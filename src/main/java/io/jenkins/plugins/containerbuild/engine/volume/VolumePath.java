package io.jenkins.plugins.containerbuild.engine.volume;

import java.util.ArrayList;
import java.util.List;

/** Paths in a volume, with slashes and from its root on. */
public final class VolumePath {

    public static final String ROOT = "/";

    private VolumePath() {}

    /**
     * The path with one slash in front, none at its end (but a file's may have one there, which is kept: it says that a
     * directory is meant) and no empty or single-dot parts.
     *
     * @throws IllegalArgumentException when a part is {@code ..}, or something in it is no part of a name
     */
    public static String normalized(String path) {
        StringBuilder normal = new StringBuilder();
        names(path).forEach(name -> normal.append('/').append(name));
        return normal.isEmpty() || path.endsWith("/") ? normal.append('/').toString() : normal.toString();
    }

    /** The names that lead there; none for the root. */
    public static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                throw new IllegalArgumentException("'..' could lead out of the volume");
            }
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("the path has a control character");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }
}
