package io.jenkins.plugins.containerbuild.engine.build.buildkit.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.SolvePart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.content.OciLayout;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.CacheOptionsEntry;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a build takes cached layers from and where it leaves its own: the options, checked. As a part of a solve it adds
 * the sources, and the cache that is kept within the image itself; all other caches are left once the build is done.
 */
public final class BuildCache implements SolvePart {

    private static final String INLINE = "inline";
    private static final String LOCAL = "local";
    private static final String TAG = "tag";
    private static final String DIGEST = "digest";
    private static final String INSECURE = "registry.insecure";

    private final List<CacheOption> sources = new ArrayList<>();
    private final List<CacheOption> inline = new ArrayList<>();
    private final List<CacheTarget> targets = new ArrayList<>();
    private final Map<String, OciLayout> stores = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private BuildCache() {}

    /**
     * Reads and checks a request's options.
     *
     * @param registries says which caches are in registries without TLS, or with a certificate that is not checked
     * @throws InvalidRequestException when one of them cannot be used
     */
    public static BuildCache open(BuildRequest request, RegistryAccess registries) throws InvalidRequestException {
        Path root = request.root() == null ? null : Path.of(request.root());
        BuildCache cache = new BuildCache();
        for (CacheOption option : request.cacheFrom()) {
            cache.addSource(asItsEntrySays(option, registries), root);
        }
        for (CacheOption option : request.cacheTo()) {
            if (option.type().equals(INLINE)) {
                cache.inline.add(option);
            } else {
                cache.targets.add(CacheTarget.of(asItsEntrySays(option, registries), root));
            }
        }
        return cache;
    }

    /** Daemons since BuildKit 0.13 know the attribute; older ones take no notice of it. */
    private static CacheOption asItsEntrySays(CacheOption option, RegistryAccess registries)
            throws InvalidRequestException {
        if (option.reference() == null
                || option.attributes().containsKey(INSECURE)
                || !registries.isInsecure(registries.registries().parse(option.reference()))) {
            return option;
        }
        Map<String, String> attributes = new LinkedHashMap<>(option.attributes());
        attributes.put(INSECURE, "true");
        return new CacheOption(option.type(), attributes);
    }

    private void addSource(CacheOption option, Path root) throws InvalidRequestException {
        if (!option.type().equals(LOCAL)) {
            sources.add(option);
            return;
        }
        String path = option.attributes().getOrDefault("src", "");
        String what = "could not use the option cacheFrom with the directory '" + path + "'";
        if (path.isEmpty()) {
            throw new InvalidRequestException(
                    what, "it names none", "Write for example type=local,src=cache for a directory of the workspace");
        }
        Optional<OciLayout> layout = OciLayout.toRead(what, path, root);
        Optional<String> digest = layout.isPresent() ? digest(layout.get(), option) : Optional.empty();
        if (digest.isEmpty()) {
            notes.add("There is no cache in " + path + " yet");
            return;
        }
        stores.put(CacheTarget.storeId(path), layout.get());
        Map<String, String> attributes = new LinkedHashMap<>(option.attributes());
        attributes.remove(TAG);
        attributes.put(DIGEST, digest.get());
        sources.add(new CacheOption(LOCAL, attributes));
    }

    private Optional<String> digest(OciLayout layout, CacheOption option) {
        String given = option.attributes().get(DIGEST);
        if (given != null) {
            return layout.has(given) ? Optional.of(given) : Optional.empty();
        }
        try {
            return layout.tagged(option.attributes().getOrDefault(TAG, CacheTarget.LATEST));
        } catch (IOException e) {
            notes.add("The cache in " + layout.directory() + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Refuses what a daemon cannot do.
     *
     * @throws InvalidRequestException when an option has a type that the daemon does not know; names it and what can
     */
    public void check(BuilderAbilities daemon) throws InvalidRequestException {
        for (CacheOption source : sources) {
            if (!daemon.readsCacheFrom(source.type())) {
                throw unknown(
                        "cacheFrom with type=" + source.type(),
                        daemon,
                        "takes caches from registries and directories alone",
                        "Use type=registry or type=local");
            }
        }
        for (CacheTarget target : targets) {
            if (!daemon.writesCacheTo(target.type())) {
                throw unknown(
                        "cacheTo with type=" + target.type(),
                        daemon,
                        "can leave its cache in the image alone",
                        "Use type=inline and push the image");
            }
        }
    }

    private static InvalidRequestException unknown(String option, BuilderAbilities daemon, String why, String instead) {
        return new InvalidRequestException(
                "could not use the option " + option,
                "the " + daemon.name() + " " + why,
                instead + ", an Engine that keeps its images in containerd's store, or a BuildKit daemon of its own");
    }

    @Override
    public void addTo(SolveRequest.Builder solve) {
        addSourcesTo(solve);
        inline.forEach(option -> addExport(solve, option));
    }

    private void addSourcesTo(SolveRequest.Builder solve) {
        if (sources.isEmpty()) {
            return;
        }
        ArrayNode entries = new ObjectMapper().createArrayNode();
        for (CacheOption source : sources) {
            solve.setCache(solve.getCache().toBuilder().addImports(entry(source)));
            entries.addObject()
                    .put("Type", source.type())
                    .set("Attrs", new ObjectMapper().valueToTree(source.attributes()));
        }
        // Frontends read this one and hand it on with what they solve.
        solve.putFrontendAttrs("cache-imports", entries.toString());
    }

    /** As a part of a solve that leaves the cache in one target and makes nothing else. */
    public SolvePart exportingTo(CacheTarget target) {
        return solve -> {
            addSourcesTo(solve);
            addExport(solve, new CacheOption(target.type(), target.attributes()));
            // What was just built is what is to be found in the cache, not built again.
            solve.removeFrontendAttrs("no-cache");
            solve.getFrontendAttrsMap().keySet().stream()
                    .filter(name -> name.startsWith("attest:"))
                    .toList()
                    .forEach(solve::removeFrontendAttrs);
        };
    }

    private static void addExport(SolveRequest.Builder solve, CacheOption option) {
        solve.setCache(solve.getCache().toBuilder().addExports(entry(option)));
    }

    private static CacheOptionsEntry entry(CacheOption option) {
        return CacheOptionsEntry.newBuilder()
                .setType(option.type())
                .putAllAttrs(option.attributes())
                .build();
    }

    /** Where the cache is left once the build is done. */
    public List<CacheTarget> targets() {
        return Collections.unmodifiableList(targets);
    }

    /** Directories that the daemon reads from or writes to, by the ids that it knows. */
    public Map<String, OciLayout> stores() {
        Map<String, OciLayout> all = new LinkedHashMap<>(stores);
        targets.forEach(target -> all.putAll(target.stores()));
        return Collections.unmodifiableMap(all);
    }

    /** What the log should tell about it. */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }
}
