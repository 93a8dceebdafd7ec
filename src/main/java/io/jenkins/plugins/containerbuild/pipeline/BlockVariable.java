package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.lang.Closure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.GlobalVariable;

/**
 * Stands before a block's step of the same name and gives its closure what the step has made:
 * {@code withContainer(image: 'redis') { c -> }}. Pipeline itself calls the closures of steps without arguments.
 */
public abstract class BlockVariable extends GlobalVariable {

    private final String function;
    private final String mainOption;

    /**
     * @param function the step's name
     * @param mainOption the option that is meant when there is a value without a name
     */
    BlockVariable(String function, String mainOption) {
        this.function = function;
        this.mainOption = mainOption;
    }

    @NonNull
    @Override
    public final String getName() {
        return function;
    }

    @NonNull
    @Override
    public final Object getValue(@NonNull CpsScript script) {
        return new Call(function, mainOption);
    }

    /** What scripts call. */
    public static final class Call {

        private final String function;
        private final String mainOption;

        Call(String function, String mainOption) {
            this.function = function;
            this.mainOption = mainOption;
        }

        /** {@code withContainerNetwork { net -> }}. */
        @Whitelisted
        public Object call(Closure<?> body) {
            return call(Map.of(), body);
        }

        /** {@code withContainer('redis') { c -> }}. */
        @Whitelisted
        public Object call(String option, Closure<?> body) {
            return call(Map.of(mainOption, option), body);
        }

        /** {@code withContainer(image: 'redis') { c -> }}. */
        @Whitelisted
        public Object call(Map<String, ?> options, Closure<?> body) {
            BlockSlot slot = new BlockSlot();
            Map<String, Object> arguments = new LinkedHashMap<>(options);
            arguments.put(BlockStep.SLOT, slot);
            return PipelineCalls.call(function, arguments, new BlockBody(body, slot));
        }
    }
}
