package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;

/** Turns a rule into what a form shows while somebody types. Whoever may not save the form learns nothing. */
final class FieldCheck {

    private FieldCheck() {}

    /**
     * @param rule throws {@link IllegalArgumentException} with a message when it is broken
     */
    static FormValidation run(Runnable rule) {
        return run(null, rule);
    }

    /**
     * The same in the form of an item.
     *
     * @param item the folder whose form it is, or null on the admin page
     */
    static FormValidation run(@CheckForNull Item item, Runnable rule) {
        if (!mayCheck(item)) {
            return FormValidation.ok();
        }
        try {
            rule.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Whether the user may save the form. */
    static boolean mayCheck(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    static FormValidation warnIf(boolean condition, String warning) {
        return warnIf(null, condition, warning);
    }

    static FormValidation warnIf(@CheckForNull Item item, boolean condition, String warning) {
        return condition && mayCheck(item) ? FormValidation.warning(warning) : FormValidation.ok();
    }
}
