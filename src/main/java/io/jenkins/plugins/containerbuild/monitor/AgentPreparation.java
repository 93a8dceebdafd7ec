package io.jenkins.plugins.containerbuild.monitor;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.security.ACL;
import hudson.slaves.ComputerListener;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.containerbuild.agent.EngineCall;
import io.jenkins.plugins.containerbuild.agent.PackedLibraries;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;

/**
 * Has an agent that connects get the plugin's libraries and load them, so that its first build does not wait for all of
 * that. Nobody waits for it, and whatever goes wrong with it the first build says better. Not where administrators have
 * switched the column "Docker" off: no agent is to be looked at then.
 */
@Extension
public final class AgentPreparation extends ComputerListener {

    private static final Logger LOGGER = Logger.getLogger(AgentPreparation.class.getName());

    /** After a restart all agents come at once, and each of them is sent some megabytes. */
    private static final int AT_ONCE = 4;

    private static final long IDLE_SECONDS = 30;

    private final ExecutorService threads = threads();

    private static ExecutorService threads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "preparing agents for container builds"));
        pool.allowCoreThreadTimeOut(true);
        return new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
    }

    /** An agent takes as long to start as it takes to pack what it will be sent. */
    @Override
    public void preLaunch(Computer computer, TaskListener listener) {
        threads.execute(() -> {
            if (DockerMonitor.isOn()) {
                ExtensionList.lookupSingleton(PackedLibraries.class).prepare();
            }
        });
    }

    @Override
    public void preOnline(Computer computer, Channel channel, FilePath root, TaskListener listener) {
        threads.execute(() -> prepare(computer, root));
    }

    private static void prepare(Computer computer, FilePath root) {
        if (!DockerMonitor.isOn()) {
            return;
        }
        try {
            new EngineCall(
                            NodeEndpoint.of(computer, null),
                            Registries.none(),
                            CredentialsSource.ANONYMOUS,
                            BuildSecrets.NONE)
                    .rehearse(root);
        } catch (EngineException | IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "could not prepare '" + computer.getName() + "' for its first build");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
