package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdCommandTest {
  private static final String NUMBERS = "( \\| [0-9]+(\\.[0-9]+)?){6} \\|";

  @TempDir private Path folder;

  @Test
  void oneLayerWithAndWithoutAWarmUp() throws Exception {
    Path file = folder.resolve("cold.md");
    String shape = "n1 ic16 ih14 oc32 kh1";
    String out =
        CommandRun.of("cold", "--forks=1", "--layer", shape, "--out", file).succeeded().out();
    assertEquals(out, Files.readString(file));
    assertTrue(out.contains("`./lanewise cold --forks=1 --layer '" + shape + "' --out "), out);
    assertTrue(out.lines().anyMatch(l -> l.matches("\\| " + shape + NUMBERS)), out);
    assertTrue(out.lines().anyMatch(l -> l.matches("\\| " + shape + ", warm-up" + NUMBERS)), out);
  }

  @Test
  void refusals() {
    CommandRun.of("cold", "--forks=0").refusedWith("--forks must be 1 to 100, got 0");
    CommandRun.of("cold", "--layer", "n1 ic").refusedWith("--layer: ");
    CommandRun.of("cold", "--jvm", "serial")
        .refusedWith("--jvm expects flags of a JVM, got 'serial'");
    CommandRun.of("cold", "--jvm=-XX:+UseSerialGC")
        .refusedWith("--jvm is for whole networks: give --model, too");
    CommandRun.of("cold", "--shapes", "nowhere")
        .refusedWith("--shapes: 'nowhere' is neither a file");
    CommandRun.of("cold", "--shapes", "gemm").refusedWith("there is no convolution in gemm");
  }
}
