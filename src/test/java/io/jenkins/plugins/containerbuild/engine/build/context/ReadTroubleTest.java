package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadTroubleTest {

    private static final Path CONTEXT = Path.of("/workspace/app");

    @Test
    void saysWhoMayNotReadAFile() {
        assertThat(ReadTrouble.sending(CONTEXT, "a/b", new AccessDeniedException("/workspace/app/a/b")))
                .hasMessage("could not send 'a/b' of the build context " + CONTEXT + ": the user '"
                        + System.getProperty("user.name") + "' has no permission to read it. Make it readable for the"
                        + " user that runs the build, or list it in .dockerignore");
    }

    @Test
    void takesAVanishedParentForAVanishedFile() {
        assertThat(ReadTrouble.sending(CONTEXT, "a/b", new NotDirectoryException("a")))
                .hasMessageContaining("it vanished while the context was being sent");
    }

    @Test
    void givesTheSystemsReason() {
        assertThat(ReadTrouble.sending(CONTEXT, "a", new FileSystemException("a", null, "Input/output error")))
                .hasMessageContaining(": Input/output error. ");
        assertThat(ReadTrouble.sending(CONTEXT, "a", new IOException())).hasMessageContaining(": IOException. ");
    }

    @Test
    void escapesFileNames() {
        assertThat(ReadTrouble.sending(CONTEXT, "a\nb", new IOException("x"))).hasMessageContaining("'a\\u000ab'");
    }

    @Test
    void keepsAnInterruptionApart() {
        assertThat(ReadTrouble.sending(CONTEXT, "a", new ClosedByInterruptException()))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("sending the build context was cancelled");
    }
}
