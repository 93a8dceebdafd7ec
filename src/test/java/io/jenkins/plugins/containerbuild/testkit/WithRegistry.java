package io.jenkins.plugins.containerbuild.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests need a real registry: their parameters of type {@link TestRegistry} are the one of this kind that all tests of
 * this JVM share, so a test pushes to a repository name of its own. On a parameter it asks for that kind whatever the
 * class or method asks for. On a machine that cannot have it, the tests are reported as skipped, with the reason.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestkitExtension.class)
public @interface WithRegistry {
    /** Which registry. */
    RegistryKind value() default RegistryKind.PLAIN;
}
