package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The exporters of a daemon that pushes by itself and knows indexes, annotations and attestations. */
final class ImageExports {

    private static final String IMAGE = "image";
    private static final String NAME = "name";
    private static final String PUSH = "push";
    private static final String TRUE = "true";
    private static final String BY_DIGEST = "push-by-digest";
    private static final Set<String> OF_STORE = Set.of("store", "unpack", "dangling-name-prefix", "registry.insecure");
    private static final Set<String> IMAGES = Set.of(IMAGE, "moby", "oci", "docker");

    private final BuildRequest request;
    private final boolean past;
    private final boolean inEngine;
    private final OutputRules rules;
    private final RegistryAccess registries;

    private final List<PlannedExport> files = new ArrayList<>();
    private final List<PlannedExport> images = new ArrayList<>();
    private final Set<ImageReference> pushed = new LinkedHashSet<>();
    private boolean inDaemon;

    ImageExports(BuildRequest request, PushVia via, ImageHome home, OutputRules rules, RegistryAccess registries) {
        this.request = request;
        this.past = via == PushVia.AGENT;
        this.inEngine = home == ImageHome.CONTAINERD;
        this.rules = rules;
        this.registries = registries;
    }

    ExportPlan plan() throws InvalidRequestException {
        boolean pushedHere = mayPush();
        boolean load = request.load() == null
                ? request.outputs().isEmpty() && !(request.push() && pushedHere)
                : request.load();
        load |= !pushedHere;
        boolean push = request.push() && pushedHere;
        for (BuildOutput output : request.outputs()) {
            if (output.isFile()) {
                addFile(output);
            } else if (output.isLoad()) {
                load = true;
            } else if (output.isImage()) {
                addImage(output, push, pushedHere);
            }
        }
        if (push && request.outputs().stream().noneMatch(ImageExports::isPlainImage)) {
            addPushed(request.tags(), Map.of(), load && inEngine);
            load &= !inEngine;
        }
        if (load && !inDaemon) {
            addLoaded();
        }
        List<PlannedExport> all = new ArrayList<>(files);
        all.addAll(images);
        return new ExportPlan(annotated(all), inDaemon, List.copyOf(pushed), notes(pushedHere));
    }

    /**
     * Whether the image goes to registries by exporters. BuildKit asks for a login by the registry's host alone, so several
     * accounts at one registry are beyond it; the Engine can do that, image by image. What is pushed from here is taken out
     * of the Engine where it is kept there: an exporter of its own might give it another digest.
     */
    private boolean mayPush() throws InvalidRequestException {
        if (past) {
            if (request.outputs().stream().anyMatch(BuildOutput::pushesByDigest)) {
                throw rules.refused(
                        "outputs with " + BY_DIGEST,
                        "what is pushed past the daemon (via agent) gets a tag",
                        "Give the output a tag and leave " + BY_DIGEST + " out, or leave via out");
            }
            return !(inEngine && isKept());
        }
        if (registries.haveOneLoginEach(request.pushedNames())) {
            return true;
        }
        if (inEngine) {
            return false;
        }
        throw rules.refused(
                PUSH,
                "the tags need different logins at one registry, and BuildKit uses one for each registry",
                "Push the tags of each account in a build of its own; the later builds come out of the cache");
    }

    private boolean isKept() {
        return Boolean.TRUE.equals(request.load())
                || request.outputs().stream().anyMatch(output -> output.isLoad() || isPlainImage(output));
    }

    private List<String> notes(boolean pushedHere) {
        return pushedHere || past
                ? List.of()
                : List.of(
                        "The tags need different logins at one registry, so the image is put among the daemon's images"
                                + " and pushed from there");
    }

    private static boolean isPlainImage(BuildOutput output) {
        return output.type().equals(IMAGE);
    }

    private void addFile(BuildOutput output) throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>(output.attributes());
        if (IMAGES.contains(output.type())) {
            putNames(attributes, request.tags());
        }
        files.add(new PlannedExport(output.type(), attributes, output));
    }

    private void addImage(BuildOutput output, boolean push, boolean pushedHere) throws InvalidRequestException {
        List<ImageReference> names = output.names().isEmpty() ? request.tags() : output.names();
        Map<String, String> attributes = new LinkedHashMap<>(output.attributes());
        attributes.remove(NAME);
        attributes.remove(PUSH);
        boolean stored = isPlainImage(output);
        if ((output.pushes() || push && stored) && pushedHere) {
            addPushed(names, attributes, stored);
        } else {
            putNames(attributes, names);
            addStored(attributes);
        }
    }

    /** Pushes names, those of registries without TLS by an exporter of their own: what it is told goes for all of its. */
    private void addPushed(List<ImageReference> names, Map<String, String> attributes, boolean stored)
            throws InvalidRequestException {
        boolean byDigest = BuildOutput.isOn(attributes.get(BY_DIGEST));
        if (past) {
            addPast(names, attributes, stored);
            return;
        }
        List<ImageReference> safe = new ArrayList<>();
        List<ImageReference> insecure = new ArrayList<>();
        for (ImageReference name : names) {
            ImageReference tagged = byDigest ? name : ImageStore.tagged(name);
            pushed.add(tagged);
            (registries.isInsecure(tagged) ? insecure : safe).add(tagged);
        }
        // What has no tag cannot be kept under one.
        boolean store = stored && !byDigest;
        for (List<ImageReference> group : List.of(safe, insecure)) {
            if (group.isEmpty()) {
                continue;
            }
            Map<String, String> all = new LinkedHashMap<>(attributes);
            all.put(NAME, joined(group));
            all.put(PUSH, TRUE);
            if (group == insecure) {
                all.putIfAbsent("registry.insecure", TRUE);
            }
            if (store) {
                addStored(all);
            } else {
                // The names are the registry's alone; the daemon keeps no image under them.
                all.putIfAbsent("store", "false");
                images.add(new PlannedExport(IMAGE, all, null));
            }
        }
    }

    /** Has the image sent here, to be pushed under names; and kept with the builder where it is wanted there. */
    private void addPast(List<ImageReference> names, Map<String, String> attributes, boolean stored)
            throws InvalidRequestException {
        List<ImageReference> tagged = new ArrayList<>();
        for (ImageReference name : names) {
            tagged.add(ImageStore.tagged(name));
        }
        Map<String, String> sent = new LinkedHashMap<>(attributes);
        sent.keySet().removeAll(OF_STORE);
        images.add(new PlannedExport("oci", sent, null, tagged));
        if (stored) {
            Map<String, String> kept = new LinkedHashMap<>(attributes);
            putNames(kept, names);
            addStored(kept);
        }
    }

    /** Keeps an image with the builder; in an Engine these are its images. */
    private void addStored(Map<String, String> attributes) {
        inDaemon |= inEngine;
        Map<String, String> all = new LinkedHashMap<>(attributes);
        // Engine's own exporter unpacks the image, which the daemon refuses together with new timestamps.
        boolean packed = BuildOutput.isOn(all.get("rewrite-timestamp"));
        if (inEngine && packed) {
            all.putIfAbsent("dangling-name-prefix", "moby-dangling");
        }
        images.add(new PlannedExport(inEngine && !packed ? "moby" : IMAGE, all, null));
    }

    private void addLoaded() throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>();
        putNames(attributes, request.tags());
        if (inEngine) {
            addStored(attributes);
            return;
        }
        if (rules.makesIndex()) {
            throw rules.refused(
                    "load",
                    "an image of several platforms or with attestations cannot be loaded from a BuildKit daemon of its"
                            + " own into a Docker Engine",
                    "Push it, or write it with outputs type=oci");
        }
        images.add(new PlannedExport("docker", attributes, new BuildOutput("docker", null, Map.of())));
        inDaemon = true;
    }

    private static void putNames(Map<String, String> attributes, List<ImageReference> names)
            throws InvalidRequestException {
        List<ImageReference> tagged = new ArrayList<>();
        for (ImageReference name : names) {
            tagged.add(ImageStore.tagged(name));
        }
        if (!tagged.isEmpty()) {
            attributes.putIfAbsent(NAME, joined(tagged));
        }
    }

    private static String joined(List<ImageReference> names) {
        return names.stream().map(ImageReference::canonical).collect(Collectors.joining(","));
    }

    private List<PlannedExport> annotated(List<PlannedExport> exports) throws InvalidRequestException {
        if (!request.annotations().isEmpty() && exports.stream().noneMatch(export -> IMAGES.contains(export.type()))) {
            throw rules.refused(
                    "annotations",
                    "they belong to an image, and this build makes none",
                    "Leave them out, or add an output");
        }
        return exports.stream()
                .map(export -> IMAGES.contains(export.type()) ? annotated(export) : export)
                .toList();
    }

    private PlannedExport annotated(PlannedExport export) {
        Map<String, String> attributes = new LinkedHashMap<>(export.attributes());
        if (holdsImplied(export)) {
            request.impliedAnnotations().forEach(annotation -> put(attributes, annotation));
        }
        request.annotations().forEach(annotation -> put(attributes, annotation));
        return export.withAttributes(attributes);
    }

    /** Docker's own types of images know no annotations; BuildKit would use the OCI's in spite of what was asked for. */
    private static boolean holdsImplied(PlannedExport export) {
        return !export.type().equals("docker")
                && !"false".equals(export.attributes().get("oci-mediatypes"));
    }

    private static void put(Map<String, String> attributes, Annotation annotation) {
        for (String level : annotation.level().split(",")) {
            attributes.put("annotation-" + level + '.' + annotation.key(), annotation.value());
        }
    }
}
