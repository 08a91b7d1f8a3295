package io.lanewise.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ENUMS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.loss.LossArguments;
import io.lanewise.kernels.movement.Axes;
import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.Padded;
import io.lanewise.kernels.movement.Reshaping;
import io.lanewise.kernels.movement.Slicing;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Calibration;
import io.lanewise.kernels.quantised.IntTensor;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Requantisation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a line of code may touch: the rules of the architecture, each with the reason it exists. */
class ArchitectureTest {
  private static final String KERNELS = "io.lanewise.kernels";
  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lanewise");
    assertTrue(all.size() > 100, () -> "only " + all.size() + " classes were found");
  }

  @Test
  void modulesAreLayers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.lanewise..")
        .layer("cli")
        .definedBy("io.lanewise.cli..")
        .layer("training")
        .definedBy("io.lanewise.training..")
        .layer("layers")
        .definedBy("io.lanewise.layers..")
        .layer("kernels")
        .definedBy(KERNELS + "..")
        .layer("interop")
        .definedBy("io.lanewise.onnx..")
        .layer("law-book")
        .definedBy("io.lanewise.propertytests..")
        .layer("laboratory")
        .definedBy("io.lanewise.benchmarks..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("law-book")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("laboratory")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("interop")
        .mayOnlyBeAccessedByLayers("cli", "laboratory")
        .whereLayer("training")
        .mayOnlyBeAccessedByLayers("cli", "law-book", "laboratory")
        .whereLayer("layers")
        .mayOnlyBeAccessedByLayers("training", "interop", "cli", "law-book", "laboratory")
        .check(all);
  }

  @Test
  void kernelsUseTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(KERNELS + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            KERNELS + "..",
            "java.lang..",
            "java.util..",
            "java.io..",
            "java.nio.file..",
            "java.time..",
            "com.sun.management..",
            "jdk.incubator.vector..")
        .check(all);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.lanewise.kernels.(*)..").should().beFreeOfCycles().check(all);
    slices().matching("io.lanewise.layers.(*)..").should().beFreeOfCycles().check(all);
    slices().matching("io.lanewise.onnx.(*)..").should().beFreeOfCycles().check(all);
    slices().matching("io.lanewise.training.(*)..").should().beFreeOfCycles().check(all);
    slices().matching("io.lanewise.propertytests.(*)..").should().beFreeOfCycles().check(all);
    slices().matching("io.lanewise.benchmarks.(*)..").should().beFreeOfCycles().check(all);
    slices().matching("io.lanewise.cli.(*)..").should().beFreeOfCycles().check(all);
  }

  @Test
  void onlySimdTouchesTheVectorModule() {
    noClasses()
        .that()
        .resideOutsideOfPackages(KERNELS + ".simd..", "io.lanewise.benchmarks..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .because("a JVM without the module must be able to load everything else")
        .check(all);
  }

  @Test
  void microKernelsKnowOnlyTheirContracts() {
    classes()
        .that()
        .resideInAnyPackage(KERNELS + ".simd..", KERNELS + ".scalar..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    KERNELS + ".simd..",
                    KERNELS + ".scalar..",
                    KERNELS + ".micro..",
                    KERNELS + ".platform..",
                    "java.lang..",
                    "jdk.incubator.vector..")
                .or(equivalentTo(Objects.class)) // checkIndex tells the compiler bounds
                .or(equivalentTo(Arrays.class)) // fill
                .or(equivalentTo(List.class))) // of a set's tiles
        .check(all);
    noClasses()
        .that()
        .resideInAPackage(KERNELS + ".scalar..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(KERNELS + ".simd..")
        .because("SIMD kernels leave the ends of rows to scalar ones, not the other way round")
        .check(all);
    classes()
        .that()
        .resideInAnyPackage(KERNELS + ".simd..", KERNELS + ".scalar..")
        .and()
        .doNotHaveSimpleName("SimdKernels")
        .and()
        .doNotHaveSimpleName("ScalarKernels")
        .should()
        .notBePublic()
        .check(all);
  }

  @Test
  void onlyTheCpuBackendNamesTheKernels() {
    noClasses()
        .that()
        .resideOutsideOfPackages(KERNELS + ".simd..", KERNELS + ".scalar..")
        .and()
        .doNotHaveFullyQualifiedName(KERNELS + ".CpuBackend")
        .and()
        .haveNameNotMatching(".*\\.CpuBackend\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KERNELS + ".simd..", KERNELS + ".scalar..")
        .check(all);
    noClasses()
        .that()
        .resideInAPackage("io.lanewise..")
        .and()
        .resideOutsideOfPackage(KERNELS + ".simd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(KERNELS + ".simd..")
        .because("the SIMD kernels are loaded by name")
        .check(all);
  }

  /** What plans are made from, integers of shapes, checks of arguments: nothing that computes. */
  private static final Class<?>[] VALUES = {
    Activation.class,
    Axes.class,
    ByteTensor.class,
    Calibration.class,
    Indices.class,
    IntTensor.class,
    LossArguments.class,
    Padded.class,
    Quantisation.class,
    Requantisation.class,
    Reshaping.class,
    Slicing.class,
    UnfoldShape.class
  };

  private static final DescribedPredicate<JavaClass> RECORDS =
      DescribedPredicate.describe("records", JavaClass::isRecord);

  @Test
  void theReferenceSeesNothingTuned() {
    noClasses()
        .that()
        .resideInAPackage(KERNELS + ".reference..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    KERNELS + ".activation..",
                    KERNELS + ".arithmetic..",
                    KERNELS + ".conv..",
                    KERNELS + ".dropout..",
                    KERNELS + ".gemm..",
                    KERNELS + ".image..",
                    KERNELS + ".linear..",
                    KERNELS + ".loss..",
                    KERNELS + ".movement..",
                    KERNELS + ".norm..",
                    KERNELS + ".pool..",
                    KERNELS + ".quantised..",
                    KERNELS + ".resample..",
                    KERNELS + ".softmax..")
                .and(not(INTERFACES))
                .and(not(ENUMS))
                .and(not(RECORDS))
                .and(not(belongToAnyOf(VALUES))))
        .check(all);
    noClasses()
        .that()
        .resideInAPackage(KERNELS + ".reference..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KERNELS + ".micro..", KERNELS + ".simd..", KERNELS + ".scalar..")
        .check(all);
    noClasses()
        .that(not(resideInAPackage(KERNELS + ".reference..")))
        .and()
        .resideOutsideOfPackages("io.lanewise.benchmarks..", "io.lanewise.propertytests..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(KERNELS + ".reference..")
        .because("nothing that ships may lean on the naive loops")
        .check(all);
  }

  @Test
  void layersSeeTheSeamOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.lanewise.layers..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(KERNELS + ".CpuBackend")
        .because("swapping the backend is an argument")
        .check(all);
  }

  @Test
  void threadsLiveInOnePlace() {
    noClasses()
        .that()
        .resideInAPackage(KERNELS + "..")
        .and()
        .resideOutsideOfPackage(KERNELS + ".parallel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .check(all);
  }

  @Test
  void systemPropertiesAreReadInOnePlace() {
    noClasses()
        .that()
        .resideInAPackage("io.lanewise..")
        .and()
        .resideOutsideOfPackages(
            KERNELS + ".platform..", "io.lanewise.benchmarks..", "io.lanewise.propertytests..")
        .should()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class, String.class)
        .check(all);
  }

  @Test
  void thereIsNoStaticStateThatChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(
            KERNELS + "..", "io.lanewise.layers..", "io.lanewise.onnx..", "io.lanewise.training..")
        .should()
        .beFinal()
        .check(all);
    noClasses()
        .that()
        .resideInAnyPackage(
            KERNELS + "..", "io.lanewise.layers..", "io.lanewise.onnx..", "io.lanewise.training..")
        .should()
        .callMethod(Math.class, "random")
        .check(all);
    assertTrue(
        all.stream()
            .flatMap(c -> c.getFields().stream())
            .anyMatch(f -> f.getModifiers().contains(JavaModifier.STATIC)));
  }
}
