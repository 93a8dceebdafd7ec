package io.jenkins.plugins.containerbuild.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests need a real container engine: their parameters of type {@link TestEngine} are the one of this kind that all
 * tests of this JVM share. On a machine that cannot have it, the tests are reported as skipped, with the reason.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestkitExtension.class)
public @interface WithEngine {
    /** Which engine. */
    EngineKind value() default EngineKind.INSTALLED;
}
