package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.image.Digest;

/** What the command build has to tell. */
final class BuildReport {

    private BuildReport() {}

    static Report of(BuildResult result) {
        ObjectNode document = Report.object();
        document.put("imageId", text(result.imageId()));
        document.put("digest", text(result.digest()));
        ObjectNode platforms = document.putObject("platforms");
        result.platforms().forEach((platform, digest) -> platforms.put(platform, digest.toString()));
        ArrayNode attestations = document.putArray("attestations");
        result.attestations()
                .forEach(attestation -> attestations
                        .addObject()
                        .put("platform", attestation.platform())
                        .put("predicateType", attestation.predicateType())
                        .put("digest", attestation.digest().toString())
                        .set("statement", Report.foreign(attestation.statement())));
        document.set("tags", Report.names(result.tags()));
        document.put("sizeBytes", result.sizeBytes());
        document.put("layerCount", result.layerCount());
        document.put("durationMillis", result.duration().toMillis());
        ArrayNode steps = document.putArray("steps");
        result.steps()
                .forEach(step -> steps.addObject()
                        .put("name", step.name())
                        .put("cached", step.cached())
                        .put("startMillis", step.started().toEpochMilli())
                        .put("endMillis", step.ended().toEpochMilli())
                        .put("durationMillis", step.duration().toMillis())
                        .put("bytes", step.bytes()));
        document.set("pushed", Report.pushed(result.pushed()));
        ArrayNode outputs = document.putArray("outputs");
        result.outputs().forEach(outputs::add);
        ArrayNode warnings = document.putArray("warnings");
        result.warnings()
                .forEach(warning -> warnings.addObject()
                        .put("rule", warning.rule())
                        .put("text", warning.text())
                        .put("file", warning.file())
                        .put("line", warning.line())
                        .put("url", warning.url()));
        if (result.answer() != null) {
            ObjectNode answer = document.putObject("answer");
            answer.put("call", result.answer().call().toString());
            answer.put("text", result.answer().text());
            answer.putRawValue("json", new RawValue(result.answer().json()));
        }
        return new Report(document, value(result));
    }

    /** The one thing that a script would want: the answer, the id, else the digest, else the files. */
    private static String value(BuildResult result) {
        if (result.answer() != null) {
            return result.answer().text();
        }
        if (result.imageId() != null) {
            return result.imageId().toString();
        }
        return result.digest() == null
                ? String.join(System.lineSeparator(), result.outputs())
                : result.digest().toString();
    }

    private static String text(Digest digest) {
        return digest == null ? null : digest.toString();
    }
}
