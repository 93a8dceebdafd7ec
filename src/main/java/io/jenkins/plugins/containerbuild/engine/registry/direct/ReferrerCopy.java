package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.ImageCopy.Origin;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Referrers.Referrer;
import java.util.Map;
import java.util.Optional;

/** Brings along what refers to an image, so that it is found in the other repository as well. */
record ReferrerCopy(Tries tries, TreeCopy copy, EngineListener listener) {

    /** Copies all of them, and has them listed. */
    void copy(Origin origin, Referrers referrers, Repository target) throws EngineException, InterruptedException {
        for (Referrer referrer : referrers.found()) {
            boolean listed = copy.all(origin, referrer.tree(), target);
            if (!listed) {
                list(referrer.tree().root(), referrer.subject(), target);
            }
        }
        for (Map.Entry<String, ManifestTree> tagged : referrers.tagged().entrySet()) {
            copyTag(origin, tagged.getKey(), tagged.getValue(), target);
        }
    }

    /** What has been signed there since must stay. */
    private void copyTag(Origin origin, String tag, ManifestTree tree, Repository target)
            throws EngineException, InterruptedException {
        Manifest root = tree.root();
        String action = "copy the tag " + tag + " to " + target.name();
        Optional<Manifest> there = tries.run(action, () -> target.find(tag));
        if (there.isEmpty()) {
            copy.content(origin, tree, target);
            tries.run(action, () -> target.put(tag, root.mediaType(), root.bytes()));
        } else if (!there.get().digest().equals(root.digest())) {
            listener.on(new EngineEvent.Warning("The tag " + tag + " in " + target.name() + " has "
                    + there.get().digest() + " already and is left as it is; not brought along is " + root.digest()));
        }
    }

    /** Where a registry keeps no lists, clients keep them under a tag. */
    private void list(Manifest referrer, Digest subject, Repository target)
            throws EngineException, InterruptedException {
        String tag = Referrers.tag(subject);
        tries.run("list " + referrer.digest() + " under " + tag + " in " + target.name(), () -> {
            Optional<Manifest> there = target.find(tag);
            if (there.isPresent() && !there.get().isIndex()) {
                throw new MalformedException("the tag " + tag + " there is no list of referrers");
            }
            ObjectNode list = there.isPresent() ? there.get().json().deepCopy() : emptyList();
            ArrayNode entries = list.withArray("manifests");
            for (JsonNode entry : entries) {
                if (entry.path("digest").asText().equals(referrer.digest().toString())) {
                    return false;
                }
            }
            entries.add(descriptor(referrer));
            return target.put(tag, MediaTypes.OCI_INDEX, bytes(list));
        });
    }

    private static ObjectNode emptyList() {
        ObjectNode list = Json.MAPPER.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        list.putArray("manifests");
        return list;
    }

    private static ObjectNode descriptor(Manifest referrer) {
        ObjectNode descriptor = Json.MAPPER
                .createObjectNode()
                .put("mediaType", referrer.mediaType())
                .put("digest", referrer.digest().toString())
                .put("size", referrer.bytes().length);
        JsonNode json = referrer.json();
        String artifact = json.path("artifactType")
                .asText(json.path("config").path("mediaType").asText());
        if (!artifact.isEmpty()) {
            descriptor.put("artifactType", artifact);
        }
        if (json.has("annotations")) {
            descriptor.set("annotations", json.get("annotations"));
        }
        return descriptor;
    }

    private static byte[] bytes(ObjectNode list) throws MalformedException {
        try {
            return Json.MAPPER.writeValueAsBytes(list);
        } catch (JsonProcessingException e) {
            throw new MalformedException("its list of referrers cannot be written");
        }
    }
}
