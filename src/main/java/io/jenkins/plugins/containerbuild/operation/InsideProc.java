package io.jenkins.plugins.containerbuild.operation;

import hudson.Proc;
import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.ExecRequest;
import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A command that runs in a container. */
final class InsideProc extends Proc {

    private final Future<RunResult> running;

    private InsideProc(Future<RunResult> running) {
        this.running = running;
    }

    static InsideProc start(InsideLauncher launcher, ExecRequest request, OutputStream output, OutputStream error) {
        return new InsideProc(Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                return launcher.run(request, output, error);
            } catch (EngineException | IOException | RuntimeException e) {
                // Durable steps start their command and never ask how that went.
                launcher.getListener().error(e.getMessage());
                throw e;
            }
        }));
    }

    @Override
    public boolean isAlive() {
        return !running.isDone();
    }

    /** The call ends; the command itself ends with its container, or by {@link InsideLauncher#kill}. */
    @Override
    public void kill() {
        running.cancel(true);
    }

    @Override
    public int join() throws IOException, InterruptedException {
        try {
            return running.get().exitCode();
        } catch (CancellationException e) {
            return -1;
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }

    @Override
    public InputStream getStdout() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getStderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public OutputStream getStdin() {
        return OutputStream.nullOutputStream();
    }
}
