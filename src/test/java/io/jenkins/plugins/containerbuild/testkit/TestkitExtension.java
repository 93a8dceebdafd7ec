package io.jenkins.plugins.containerbuild.testkit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Starts what {@link WithEngine} and {@link WithRegistry} ask for, hands it to the tests, and skips them without it. */
final class TestkitExtension implements ExecutionCondition, ParameterResolver {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        SharedServices services = SharedServices.of(context);
        Optional<AnnotatedElement> element = context.getElement();
        try {
            element.flatMap(found -> AnnotationSupport.findAnnotation(found, WithEngine.class))
                    .ifPresent(wanted -> services.engine(wanted.value()));
            element.stream().flatMap(TestkitExtension::registriesOf).forEach(services::registry);
            return ConditionEvaluationResult.enabled("all that the test needs is running");
        } catch (TestAbortedException e) {
            return ConditionEvaluationResult.disabled(e.getMessage());
        }
    }

    private static Stream<RegistryKind> registriesOf(AnnotatedElement element) {
        Stream<AnnotatedElement> parameters =
                element instanceof Executable method ? Arrays.stream(method.getParameters()) : Stream.empty();
        return Stream.concat(Stream.of(element), parameters)
                .flatMap(found -> AnnotationSupport.findAnnotation(found, WithRegistry.class).stream())
                .map(WithRegistry::value);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestEngine.class && wantedEngine(context).isPresent() && !onEveryEngine(context)
                || type == TestRegistry.class
                        && wantedRegistry(parameter, context).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedServices services = SharedServices.of(context);
        return parameter.getParameter().getType() == TestEngine.class
                ? services.engine(wantedEngine(context).orElseThrow())
                : services.registry(wantedRegistry(parameter, context).orElseThrow());
    }

    private static Optional<EngineKind> wantedEngine(ExtensionContext context) {
        return elements(context)
                .flatMap(element -> AnnotationSupport.findAnnotation(element, WithEngine.class).stream())
                .map(WithEngine::value)
                .findFirst();
    }

    private static Optional<RegistryKind> wantedRegistry(ParameterContext parameter, ExtensionContext context) {
        return Stream.concat(Stream.of(parameter.getParameter()), elements(context))
                .flatMap(element -> AnnotationSupport.findAnnotation(element, WithRegistry.class).stream())
                .map(WithRegistry::value)
                .findFirst();
    }

    /** Such a test gets the engine of its run, whatever its class asks for. */
    private static boolean onEveryEngine(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getElement(), TestOnEveryEngine.class);
    }

    /** The method, its class, the class around that one, and so on. */
    private static Stream<AnnotatedElement> elements(ExtensionContext context) {
        return Stream.iterate(
                        Optional.of(context), Optional::isPresent, found -> found.flatMap(ExtensionContext::getParent))
                .flatMap(found -> found.orElseThrow().getElement().stream());
    }
}
