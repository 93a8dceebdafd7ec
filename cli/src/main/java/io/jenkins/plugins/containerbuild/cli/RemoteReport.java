package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteConfig;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteImage;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteLayer;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemotePlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code inspect --remote} tells. */
final class RemoteReport {

    private static final String FACT = "%-12s %s";
    private static final String ROW = "%-20s %10s  %s";

    private RemoteReport() {}

    static Report of(RemoteImage image) {
        return new Report(document(image), text(image));
    }

    private static ObjectNode document(RemoteImage image) {
        ObjectNode document = Report.object()
                .put("reference", image.reference().familiar())
                .put("mediaType", image.mediaType())
                .put("digest", image.digest().toString());
        put(document, "annotations", image.annotations());
        ArrayNode platforms = document.putArray("platforms");
        image.platforms()
                .forEach(platform -> platforms
                        .addObject()
                        .put("platform", platform.platform())
                        .put("digest", platform.digest().toString())
                        .put("sizeBytes", platform.sizeBytes()));
        document.put("platform", image.described().platform());
        document.put("sizeBytes", image.described().sizeBytes());
        RemoteConfig config = image.config();
        document.put("created", config.created());
        put(document, "labels", config.labels());
        put(document, "env", config.env());
        put(document, "entrypoint", config.entrypoint());
        put(document, "command", config.command());
        document.put("user", config.user());
        document.put("workdir", config.workdir());
        ArrayNode layers = document.putArray("layers");
        image.layers()
                .forEach(layer -> layers.addObject()
                        .put("digest", layer.digest().toString())
                        .put("mediaType", layer.mediaType())
                        .put("sizeBytes", layer.sizeBytes()));
        return document;
    }

    private static void put(ObjectNode document, String name, Map<String, String> texts) {
        ObjectNode node = document.putObject(name);
        texts.forEach(node::put);
    }

    private static void put(ObjectNode document, String name, List<String> texts) {
        ArrayNode node = document.putArray(name);
        texts.forEach(node::add);
    }

    private static String text(RemoteImage image) {
        RemoteConfig config = image.config();
        List<String> lines = new ArrayList<>();
        fact(lines, "NAME", image.reference().familiar());
        fact(lines, "DIGEST", image.digest().toString());
        fact(lines, "TYPE", image.mediaType());
        each(lines, "ANNOTATION", image.annotations());
        fact(lines, "OF", image.described().platform());
        fact(lines, "CREATED", config.created());
        fact(lines, "USER", config.user());
        fact(lines, "WORKDIR", config.workdir());
        fact(lines, "ENTRYPOINT", String.join(" ", config.entrypoint()));
        fact(lines, "COMMAND", String.join(" ", config.command()));
        config.env().forEach(variable -> fact(lines, "ENV", variable));
        each(lines, "LABEL", config.labels());
        lines.add("");
        row(lines, "PLATFORM", "SIZE", "DIGEST");
        for (RemotePlatform platform : image.platforms()) {
            row(
                    lines,
                    platform.platform(),
                    EventText.bytes(platform.sizeBytes()),
                    platform.digest().toString());
        }
        lines.add("");
        row(lines, "LAYER", "SIZE", "DIGEST");
        int number = 0;
        for (RemoteLayer layer : image.layers()) {
            row(
                    lines,
                    Integer.toString(++number),
                    EventText.bytes(layer.sizeBytes()),
                    layer.digest().toString());
        }
        return String.join("\n", lines);
    }

    private static void each(List<String> lines, String name, Map<String, String> texts) {
        texts.forEach((key, value) -> fact(lines, name, key + "=" + value));
    }

    /** What there is not gets no line. */
    private static void fact(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add(String.format(Locale.ROOT, FACT, name, Printable.escaped(value)));
        }
    }

    private static void row(List<String> lines, String first, String size, String digest) {
        lines.add(String.format(Locale.ROOT, ROW, Printable.escaped(first), size, digest));
    }
}
