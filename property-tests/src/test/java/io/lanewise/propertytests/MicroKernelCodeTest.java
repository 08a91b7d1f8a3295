package io.lanewise.propertytests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanewise.kernels.platform.Machine;
import io.lanewise.propertytests.bits.ChildJvm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What C2 makes of a micro-kernel decides its speed: a spilled accumulator, or a range check left
 * in the loop, costs up to two thirds of it. Each case compiles the kernel in a JVM of its own and
 * reads the machine code.
 */
@Tag("slow")
class MicroKernelCodeTest {
  @BeforeEach
  void needsObjdump() {
    assumeTrue(Machine.detect().noSimd().isEmpty(), "this JVM has no vectors");
    assumeTrue(Machine.detect().arch().equals("amd64"), "reads x86-64 code only");
    boolean there = hasObjdump();
    if (Boolean.getBoolean("lanewise.ci")) {
      assertTrue(there, "objdump (package binutils) is not installed");
    }
    assumeTrue(there, "objdump (package binutils) is not installed");
  }

  private static boolean hasObjdump() {
    try {
      Process p = new ProcessBuilder("objdump", "--version").start();
      p.getInputStream().readAllBytes();
      return p.waitFor() == 0;
    } catch (java.io.IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1, ''",
    "2, ''",
    "3, ''",
    "4, ''",
    "ahead, ''",
    "wide start, ''",
    "wide add, ''",
    "packing, ''",
    "packing wide, ''",
    "packing, -XX:UseAVX=2",
    "0, -XX:UseAVX=2",
    "1, -XX:UseAVX=2",
    "0, -XX:MaxVectorSize=32",
    "0, -XX:MaxVectorSize=16"
  })
  void theLoopOverKNeitherSpillsNorBranches(String tile, String flag) throws Exception {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:-TieredCompilation",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:CompileCommand=dontinline," + tiles(tile),
                "-XX:CompileCommand=print," + tiles(tile)));
    if (!flag.isEmpty()) {
      flags.add(flag);
    }
    ChildJvm.Run run = ChildJvm.run(RunMicroKernel.class, flags, List.of(), List.of(tile));
    assertEquals(0, run.exit(), run::toString);
    MachineCode.Loop hot =
        MachineCode.loopsOfLast(run.out()).stream()
            .max(Comparator.comparingInt(MachineCode.Loop::fma))
            .orElseThrow(() -> new AssertionError("no loop with fused multiply-adds"));
    String what = run.line("kernel") + " " + flag + ": " + hot;
    assertTrue(hot.fma() >= 2, what);
    assertEquals(0, hot.spills(), what);
    // A tile that packs waits for B's distant rows: it has time for more of row pointers and for
    // the range checks of two vectors.
    boolean packs = tile.startsWith("packing");
    assertTrue((packs ? 2 : 3) * hot.reloads() <= hot.fma(), what); // the units have time for these
    assertTrue(hot.branches() <= (packs ? 3 : 1), what);
  }

  private static String tiles(String tile) {
    String name = tile.startsWith("packing") ? "VectorPackingKernel" : "VectorMicroKernel";
    if (tile.startsWith("wide")) {
      return "io.lanewise.kernels.simd." + name + "6x4::" + tile.substring("wide ".length());
    }
    return "io.lanewise.kernels.simd." + name + "*::run";
  }
}
