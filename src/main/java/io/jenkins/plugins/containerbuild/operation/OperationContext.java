package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where an operation runs.
 *
 * @param run the build
 * @param workspace the directory that relative paths start from
 * @param environment the build's environment
 * @param listener the build's log
 * @param sensitive the names of variables whose values are secrets
 * @param expansion what happens to the variables in an option's text
 */
public record OperationContext(
        Run<?, ?> run,
        FilePath workspace,
        EnvVars environment,
        TaskListener listener,
        Set<String> sensitive,
        UnaryOperator<String> expansion) {

    /** For Pipeline, where Groovy has expanded the variables already. */
    public static OperationContext literal(
            Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener) {
        return new OperationContext(run, workspace, environment, listener, Set.of(), UnaryOperator.identity());
    }

    /** For freestyle jobs: {@code ${VAR}} and {@code $VAR} are replaced where the variable is known. */
    public static OperationContext expanding(
            Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener) {
        return new OperationContext(run, workspace, environment, listener, Set.of(), environment::expand);
    }

    /** The same, where the values of some variables are secrets: {@code withCredentials}, password parameters. */
    public OperationContext withSensitive(Set<String> variables) {
        return new OperationContext(run, workspace, environment, listener, Set.copyOf(variables), expansion);
    }

    /** An option's text with its variables expanded; null when nothing is left. */
    @CheckForNull
    String text(@CheckForNull String option) {
        return option == null ? null : Util.fixEmptyAndTrim(expansion.apply(option));
    }
}
