package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of a push under each of its names: one that failed hides nothing of the others. */
public final class PushOutcomes {

    private final Map<ImageReference, PushedReference> pushed = new LinkedHashMap<>();
    private final Map<ImageReference, EngineException> failed = new LinkedHashMap<>();

    /** A name is in its registry. */
    public void pushed(PushedReference reference) {
        pushed.put(reference.reference(), reference);
    }

    /** A name could not be pushed. */
    public void failed(ImageReference name, EngineException failure) {
        failed.put(name, failure);
    }

    /** Why an earlier name could not be pushed to this registry, or null. */
    EngineException failureAt(RegistryAddress address) {
        return failed.entrySet().stream()
                .filter(entry -> RegistryAddress.of(entry.getKey()).equals(address))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /**
     * What was pushed.
     *
     * @param names all names, in the order of the answer
     * @throws EngineException when one of them could not be pushed; says which others were
     */
    public List<PushedReference> all(List<ImageReference> names) throws EngineException {
        if (failed.isEmpty()) {
            return names.stream().map(pushed::get).toList();
        }
        List<EngineException> failures =
                new ArrayList<>(failed.values().stream().distinct().toList());
        EngineException first = failures.remove(0);
        if (failures.isEmpty() && pushed.isEmpty()) {
            throw first;
        }
        StringBuilder why = new StringBuilder(first.why());
        failures.forEach(
                other -> why.append("; and ").append(other.what()).append(": ").append(other.why()));
        if (!pushed.isEmpty()) {
            why.append("; pushed all the same: ")
                    .append(pushed.values().stream()
                            .map(reference -> reference.reference().familiar() + '@' + reference.digest())
                            .collect(Collectors.joining(", ")));
        }
        throw new RegistryException(first.what(), why.toString(), first.advice(), first);
    }
}
