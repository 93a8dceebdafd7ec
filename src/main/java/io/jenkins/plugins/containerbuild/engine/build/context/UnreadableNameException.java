package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import java.io.IOException;

/** A name on disk has bytes that this Java process cannot turn into text. */
final class UnreadableNameException extends IOException {

    static final String ADVICE = "Start the agent or the command in a UTF-8 locale (for example LC_ALL=C.UTF-8), rename"
            + " the file, or exclude its directory in .dockerignore";

    private static final long serialVersionUID = 1L;

    UnreadableNameException(String which) {
        super(which + " cannot be read in this Java process, whose file name encoding is " + FileNames.encoding());
    }
}
