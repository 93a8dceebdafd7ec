package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads ignore files. */
final class IgnoreFile {

    /** The name that every context may have one by. */
    static final String NAME = ".dockerignore";

    private static final int LARGEST = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private IgnoreFile() {}

    /**
     * Reads the rules in a file.
     *
     * @throws InvalidRequestException when the file cannot be read or has a line that is no pattern
     */
    static IgnoreRules rules(Path file) throws InvalidRequestException {
        String text = text(file);
        IgnoreRules.Builder rules = new IgnoreRules.Builder(File.separatorChar == '\\');
        int number = 0;
        // Only line feeds end a line, as in the docker CLI; a carriage return in front of one is trimmed as a blank.
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                rules.add(line);
            } catch (BadPatternException e) {
                throw new InvalidRequestException(
                        "could not use the ignore file " + file,
                        "line " + number + " is no pattern (" + Printable.shortened(line.strip()) + "): "
                                + e.getMessage(),
                        "Correct the line, or put a backslash in front of characters that mean themselves",
                        e);
            }
        }
        return rules.build();
    }

    private static String text(Path file) throws InvalidRequestException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidRequestException(
                    "could not read the ignore file " + file,
                    "it is no regular file",
                    "Replace it with a text file of one pattern a line, or remove it");
        }
        try {
            String text = new String(bytes(file), StandardCharsets.UTF_8);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (IOException e) {
            throw new InvalidRequestException(
                    "could not read the ignore file " + file,
                    ReadTrouble.reason(e),
                    "Make the file readable for the user that runs the build",
                    e);
        }
    }

    /** The content of an ignore file. */
    static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("it is larger than " + LARGEST + " bytes, which no list of patterns is");
            }
            return bytes;
        }
    }
}
