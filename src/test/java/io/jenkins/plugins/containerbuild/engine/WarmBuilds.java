package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a JVM that builds again and again does, as an agent's does: for each line on its standard input, {@code FOLDER
 * COUNT}, it builds that directory so many times at once on the daemon that its argument names, and answers with the
 * milliseconds that it took and the most threads that there were. No test: {@code dev/benchmark buildkit} runs it.
 */
final class WarmBuilds {

    private final EndpointRequest daemon;

    private WarmBuilds(String uri) {
        daemon = new EndpointRequest(uri, null, Map.of("DOCKER_BUILDKIT", "1"));
    }

    /** @param arguments the daemon's address */
    public static void main(String[] arguments) throws Exception {
        WarmBuilds builds = new WarmBuilds(arguments[0]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            int blank = order.lastIndexOf(' ');
            System.out.println(builds.run(order.substring(0, blank), Integer.parseInt(order.substring(blank + 1))));
        }
    }

    private String run(String folder, int count) throws Exception {
        ThreadWatch watch = new ThreadWatch();
        long start = System.nanoTime();
        ExecutorService callers = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(callers.submit(() -> {
                    build(folder);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            callers.shutdown();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        return millis + " ms, " + watch.end() + " threads";
    }

    private void build(String folder) throws EngineException, InterruptedException {
        try (ContainerEngine engine =
                ContainerEngine.open(daemon, Registries.none(), CredentialsSource.ANONYMOUS, event -> {})) {
            engine.build(BuildRequest.of(folder).build());
        }
    }

    /** Looks ten times a second how many threads there are. */
    private static final class ThreadWatch extends Thread {

        private volatile boolean over;
        private int most;

        ThreadWatch() {
            super("thread watch");
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            while (!over) {
                most = Math.max(most, activeCount());
                try {
                    sleep(100);
                } catch (InterruptedException e) {
                    over = true;
                }
            }
        }

        int end() throws InterruptedException {
            over = true;
            join();
            return most;
        }
    }
}
