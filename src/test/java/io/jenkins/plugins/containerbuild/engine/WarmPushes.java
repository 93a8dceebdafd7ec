package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a JVM that pushes again and again does, as an agent's does: for each line on its standard input, {@code VIA MEMORY
 * IMAGE NAME}, it pushes the image of the daemon that its argument names, remembering in the folder {@code MEMORY}, and
 * answers with the milliseconds that it took. No test: {@code dev/benchmark push} runs it.
 */
final class WarmPushes {

    private WarmPushes() {}

    /** @param arguments the daemon's address */
    public static void main(String[] arguments) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ");
            long start = System.nanoTime();
            push(arguments[0], words);
            System.out.println((System.nanoTime() - start) / 1_000_000);
        }
    }

    private static void push(String daemon, String[] words) throws Exception {
        EndpointRequest endpoint = new EndpointRequest(daemon, null, Map.of("XDG_CACHE_HOME", words[1]));
        try (ContainerEngine engine =
                ContainerEngine.open(endpoint, Registries.none(), CredentialsSource.ANONYMOUS, event -> {})) {
            engine.push(new PushRequest(
                    ImageSelector.parse(words[2]), List.of(ImageReference.parse(words[3])), PushVia.parse(words[0])));
        }
    }
}
