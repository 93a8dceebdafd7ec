package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagRules;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Checks what is typed into a form by reading it the way a build would. Text with a variable in it is left alone: what it
 * will be is not known yet. Callers have checked the permission.
 */
final class OptionChecks {

    private OptionChecks() {}

    /** Something that reads a text or says why it cannot. */
    interface Reader {
        void read(String text) throws EngineException;
    }

    static FormValidation names(@CheckForNull Item item, @CheckForNull String value, @CheckForNull String registry) {
        return lines(value, line -> registries(item, registry).parse(line));
    }

    static FormValidation untagged(@CheckForNull Item item, @CheckForNull String value, @CheckForNull String registry) {
        return lines(value, line -> registries(item, registry).parse(line.toLowerCase(Locale.ROOT)));
    }

    static FormValidation tagRules(@CheckForNull String value) {
        return lines(value, line -> TagRules.parse(List.of(line), List.of()));
    }

    static FormValidation tagFlavor(@CheckForNull String value) {
        return lines(value, line -> TagRules.parse(List.of(), List.of(line)));
    }

    static FormValidation requiredNames(
            @CheckForNull Item item, @CheckForNull String value, @CheckForNull String registry) {
        return required(value, line -> registries(item, registry).parse(line));
    }

    static FormValidation registryIds(@CheckForNull Item item, @CheckForNull String value) {
        return required(value, id -> registries(item, id));
    }

    static FormValidation name(@CheckForNull Item item, @CheckForNull String value, @CheckForNull String registry) {
        return required(value, text -> registries(item, registry).parse(text));
    }

    static FormValidation image(@CheckForNull String value, @CheckForNull String registry) {
        return required(value, ImageSelector::parse);
    }

    static FormValidation platform(@CheckForNull String value) {
        return lines(value, Platform::parse);
    }

    static FormValidation platforms(@CheckForNull String value) {
        return lines(value, line -> {
            for (String one : line.split(",")) {
                Platform.parse(one.trim());
            }
        });
    }

    static FormValidation caches(
            @CheckForNull Item item, String option, @CheckForNull String value, @CheckForNull String registry) {
        return lines(value, line -> {
            String reference = CacheOption.parse(option, line).reference();
            if (reference != null) {
                registries(item, registry).parse(reference);
            }
        });
    }

    static FormValidation hosts(@CheckForNull String value) {
        return lines(value, line -> {
            if (!line.matches("[^\\s:=]+[:=]\\S+")) {
                throw new IllegalArgumentException(Messages.OptionChecks_Host(line));
            }
        });
    }

    private static Registries registries(Item item, String id) throws EngineException {
        Registries all = ContainerBuildsConfiguration.get().registriesFor(item);
        return id == null || isVariable(id) ? all : all.choosing(id.trim());
    }

    /** The same for what has to be there. */
    static FormValidation required(@CheckForNull String value, Reader reader) {
        return value == null || value.isBlank()
                ? FormValidation.error(Messages.OptionChecks_Required())
                : lines(value, reader);
    }

    /** Checks every line by itself. */
    static FormValidation lines(@CheckForNull String value, Reader reader) {
        List<FormValidation> findings = FormLines.read(value).stream()
                .filter(line -> !isVariable(line))
                .map(line -> check(line, reader))
                .filter(finding -> finding.kind != FormValidation.Kind.OK)
                .collect(Collectors.toList());
        return findings.isEmpty() ? FormValidation.ok() : FormValidation.aggregate(findings);
    }

    private static FormValidation check(String text, Reader reader) {
        try {
            reader.read(text);
            return FormValidation.ok();
        } catch (EngineException | IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static boolean isVariable(String text) {
        return text.indexOf('$') >= 0;
    }
}
