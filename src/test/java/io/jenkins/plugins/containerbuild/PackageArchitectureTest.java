package io.jenkins.plugins.containerbuild;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.verb.POST;

/** Holds the arrows between the packages; docs/architecture.md draws them. */
class PackageArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.containerbuild.";
    private static final Set<String> PERMISSION_CHECKS =
            Set.of("hasPermission", "checkPermission", "hasAnyPermission", "checkAnyPermission");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.containerbuild");

    @Test
    void theEngineKnowsNoJenkins() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsNothingOutsideOfItself() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "agent..",
                        ROOT + "operation..",
                        ROOT + "pipeline..",
                        ROOT + "freestyle..",
                        ROOT + "registries..",
                        ROOT + "cleanup..",
                        ROOT + "monitor..",
                        ROOT + "report..",
                        ROOT + "console..")
                .check(CLASSES);
    }

    @Test
    void dockerJavaStaysInsideTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.github.dockerjava..", "org.apache.hc..")
                .check(CLASSES);
    }

    @Test
    void grpcStaysInTheBuildKitClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "engine.build.buildkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..", ROOT + "engine.build.buildkit.proto..")
                .check(CLASSES);
    }

    @Test
    void sshStaysWithItsAgents() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "engine.build.ssh..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.sshd..")
                .check(CLASSES);
    }

    @Test
    void arrowsBetweenPackagesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("pipeline")
                .definedBy(ROOT + "pipeline..")
                .layer("freestyle")
                .definedBy(ROOT + "freestyle..")
                .layer("operation")
                .definedBy(ROOT + "operation..")
                .layer("agent")
                .definedBy(ROOT + "agent..")
                .layer("registries")
                .definedBy(ROOT + "registries..")
                .layer("report")
                .definedBy(ROOT + "report..")
                .layer("monitor")
                .definedBy(ROOT + "monitor..")
                .layer("cleanup")
                .definedBy(ROOT + "cleanup..")
                .layer("console")
                .definedBy(ROOT + "console..")
                .layer("engine")
                .definedBy(ROOT + "engine..")
                .whereLayer("pipeline")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("freestyle")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("operation")
                .mayOnlyBeAccessedByLayers("pipeline", "freestyle")
                // Pipeline also needs the agent's own exception, for an agent that does not come back.
                .whereLayer("agent")
                .mayOnlyBeAccessedByLayers("operation", "cleanup", "monitor", "pipeline")
                .whereLayer("registries")
                .mayOnlyBeAccessedByLayers("operation", "cleanup", "monitor")
                .whereLayer("cleanup")
                .mayOnlyBeAccessedByLayers("operation")
                .whereLayer("monitor")
                .mayOnlyBeAccessedByLayers("operation", "cleanup")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("operation")
                .whereLayer("console")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers(
                        "operation", "cleanup", "monitor", "agent", "registries", "report", "console")
                .check(CLASSES);
    }

    @Test
    void webMethodsArePostedAndAskForAPermission() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ROOT + "(*)..")
                .and()
                .haveNameMatching("do(Check|Fill|Test|Validate).*")
                .should()
                .beAnnotatedWith(POST.class)
                .andShould(askForAPermission())
                .check(CLASSES);
    }

    @Test
    void stepsAndBuildStepsKnowNoTypesOfTheEngine() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + "pipeline..", ROOT + "freestyle..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage(ROOT + "engine..")
                .check(CLASSES);
    }

    private static ArchCondition<JavaMethod> askForAPermission() {
        return new ArchCondition<>("ask for a permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean asks = asks(method, new HashSet<>());
                events.add(new SimpleConditionEvent(method, asks, method.getFullName() + " asks: " + asks));
            }
        };
    }

    /** Whether the method, or one of the plugin's own that it calls, checks a permission. */
    private static boolean asks(JavaMethod method, Set<JavaMethod> seen) {
        return seen.add(method)
                && method.getMethodCallsFromSelf().stream()
                        .anyMatch(call ->
                                PERMISSION_CHECKS.contains(call.getTarget().getName())
                                        || call.getTarget()
                                                .resolveMember()
                                                .filter(target -> target.getOwner()
                                                        .getPackageName()
                                                        .startsWith(ROOT))
                                                .filter(target -> asks(target, seen))
                                                .isPresent());
    }
}
