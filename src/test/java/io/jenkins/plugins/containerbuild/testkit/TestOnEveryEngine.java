package io.jenkins.plugins.containerbuild.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once on each {@link EngineKind}; its parameter of type {@link TestEngine} is the one of the run. The
 * run on an engine that this machine cannot have is reported as skipped, with the reason.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EveryEngineProvider.class)
public @interface TestOnEveryEngine {}
