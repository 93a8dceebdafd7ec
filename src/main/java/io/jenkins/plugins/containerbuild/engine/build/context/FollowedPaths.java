package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what paths lead to through symbolic links, so that a link is never sent without its target. Links are read one
 * component at a time, as if the directory were the root of everything: nothing outside of it is ever looked at. A
 * wildcard is followed in the component that has it; behind one the rest of a path is left to be matched.
 */
final class FollowedPaths {

    /** As many links as a kernel follows for one path. */
    private static final int MOST_HOPS = 40;

    private static final boolean BACKSLASH_SEPARATES = File.separatorChar == '\\';

    private final Path root;
    private final Set<String> found = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Queue<Way> ways = new ArrayDeque<>();

    FollowedPaths(Path root) {
        this.root = root;
    }

    /** A path that is still to be looked at, after so many links. */
    private record Way(String path, int hops) {}

    /**
     * The paths themselves and all that their links lead to, as patterns; {@code .} stands for everything.
     *
     * @throws IOException with a full message when a directory or a link cannot be read, or a pattern is none
     */
    Set<String> resolve(List<String> paths) throws IOException {
        for (String path : unresolved(paths)) {
            enqueue(path, 0);
        }
        for (Way way = ways.poll(); way != null; way = ways.poll()) {
            follow(way);
        }
        return withoutNested(found);
    }

    /** The same where no link is on the way. */
    static Set<String> unresolved(List<String> paths) {
        Set<String> clean = new TreeSet<>();
        for (String path : paths) {
            clean.add(inside(BACKSLASH_SEPARATES ? path.replace('\\', '/') : path));
        }
        return clean;
    }

    /** A path below the root, whatever its {@code ..} say. */
    private static String inside(String path) {
        String clean = IgnoreLine.clean("/" + path).substring(1);
        return clean.isEmpty() ? "." : clean;
    }

    private void enqueue(String path, int hops) {
        if (seen.add(path)) {
            ways.add(new Way(path, hops));
        }
    }

    private void follow(Way way) throws IOException {
        Path directory = root;
        int start = 0;
        for (String part : way.path.split("/")) {
            int end = start + part.length();
            List<String> targets = targets(directory, way.path.substring(0, start), part);
            if (!targets.isEmpty()) {
                found.add(way.path.substring(0, end));
                String rest = way.path.substring(end);
                if (way.hops < MOST_HOPS) {
                    targets.forEach(target -> enqueue(inside(target + rest), way.hops + 1));
                }
                return;
            }
            if (PathText.hasWildcards(part)) {
                break;
            }
            directory = child(directory, part);
            start = end + 1;
        }
        found.add(way.path);
    }

    private static Path child(Path directory, String part) {
        return directory.resolve(PathText.unescaped(part));
    }

    /** Where the links lead that a component of a path stands for; each from the root on. */
    private List<String> targets(Path directory, String parent, String part) throws IOException {
        List<String> targets = new ArrayList<>();
        try {
            if (PathText.hasWildcards(part)) {
                for (Path match : matches(directory, part)) {
                    addTarget(parent, match, targets);
                }
            } else {
                addTarget(parent, child(directory, part), targets);
            }
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            return targets;
        } catch (IOException e) {
            throw e instanceof ContextReadException ? e : ReadTrouble.sending(root, parent + part, e);
        }
        return targets;
    }

    private static void addTarget(String parent, Path file, List<String> targets) throws IOException {
        if (Files.isSymbolicLink(file)) {
            String target = PathText.escaped(Files.readSymbolicLink(file).toString());
            targets.add(target.startsWith("/") ? target : parent + target);
        }
    }

    private List<Path> matches(Path directory, String wildcards) throws IOException {
        IgnoreRules rules = rules(wildcards);
        List<Path> matches = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (rules.excludes(FileNames.of(file).toString())) {
                    matches.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return matches;
    }

    private IgnoreRules rules(String wildcards) throws IOException {
        IgnoreRules.Builder rules = new IgnoreRules.Builder(BACKSLASH_SEPARATES);
        try {
            rules.addReceived(wildcards);
        } catch (BadPatternException e) {
            throw ReadTrouble.badPattern(root, wildcards, e);
        }
        return rules.build();
    }

    /** Without what lies in something else that is wanted as a whole anyway. */
    private static Set<String> withoutNested(Set<String> sorted) {
        Set<String> kept = new TreeSet<>();
        for (String path : sorted) {
            boolean nested = false;
            for (int slash = path.indexOf('/'); slash > 0 && !nested; slash = path.indexOf('/', slash + 1)) {
                nested = sorted.contains(path.substring(0, slash));
            }
            if (!nested) {
                kept.add(path);
            }
        }
        return kept;
    }
}
