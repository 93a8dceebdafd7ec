package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.function.UnaryOperator;

/**
 * Where an operation runs.
 *
 * @param run the build
 * @param workspace the directory that relative paths start from
 * @param environment the build's environment
 * @param listener the build's log
 * @param expansion what happens to the variables in an option's text
 */
public record OperationContext(
        Run<?, ?> run,
        FilePath workspace,
        EnvVars environment,
        TaskListener listener,
        UnaryOperator<String> expansion) {

    /** For Pipeline, where Groovy has expanded the variables already. */
    public static OperationContext literal(
            Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener) {
        return new OperationContext(run, workspace, environment, listener, UnaryOperator.identity());
    }

    /** For freestyle jobs: {@code ${VAR}} and {@code $VAR} are replaced where the variable is known. */
    public static OperationContext expanding(
            Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener) {
        return new OperationContext(run, workspace, environment, listener, environment::expand);
    }

    /** An option's text with its variables expanded; null when nothing is left. */
    @CheckForNull
    String text(@CheckForNull String option) {
        return option == null ? null : Util.fixEmptyAndTrim(expansion.apply(option));
    }
}
