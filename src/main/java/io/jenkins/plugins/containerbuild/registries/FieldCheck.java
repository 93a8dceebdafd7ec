package io.jenkins.plugins.containerbuild.registries;

import hudson.util.FormValidation;
import jenkins.model.Jenkins;

/** Turns a rule into what a form shows while somebody types. Whoever may not save the form learns nothing. */
final class FieldCheck {

    private FieldCheck() {}

    /**
     * @param rule throws {@link IllegalArgumentException} with a message when it is broken
     */
    static FormValidation run(Runnable rule) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        try {
            rule.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation warnIf(boolean condition, String warning) {
        return condition && Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? FormValidation.warning(warning)
                : FormValidation.ok();
    }
}
