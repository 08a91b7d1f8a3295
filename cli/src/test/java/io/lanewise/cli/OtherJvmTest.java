package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.training.checkpoint.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class OtherJvmTest {
  private static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");

  @TempDir private Path folder;

  @Test
  @DisabledOnOs(OS.WINDOWS) // there a process cannot be asked to end
  void anInterruptedRunSaysWhatItSaved() throws Exception {
    Path out = folder.resolve("out");
    Path weights = out.resolve("lenet5.safetensors");
    List<String> args = List.of("demo", "--epochs=10000", "--out", out.toString());
    try (OtherJvm jvm = OtherJvm.start(folder, VECTOR, args)) {
      for (int i = 0; i < 1200 && jvm.process().isAlive() && !Files.exists(weights); i++) {
        Thread.sleep(50);
      }
      jvm.process().destroy();
      assertEquals(128 + 15, jvm.exitCode(), jvm.err());
      Matcher said =
          Pattern.compile("lanewise: interrupted; the weights of epoch (\\d+) are in (.+)")
              .matcher(jvm.err());
      assertTrue(said.find(), jvm.err());
      assertEquals(weights.toString(), said.group(2));
      String printed = jvm.out().lines().toList().getLast();
      assertTrue(printed.strip().startsWith(said.group(1) + "/10000 "), printed);
    }
    assertEquals("lenet5", ModelFile.load(weights).model());
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(List.of(weights), files.toList(), "no half-written files");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void interruptedBeforeAnythingWasSaved() throws Exception {
    Path out = folder.resolve("out");
    List<String> args = List.of("demo", "--batch-size=1", "--out", out.toString());
    try (OtherJvm jvm = OtherJvm.start(folder, List.of("-Xint"), args)) {
      for (int i = 0; i < 1200 && jvm.process().isAlive() && !jvm.out().contains("epoch "); i++) {
        Thread.sleep(50);
      }
      Thread.sleep(1000); // from the table's head to the hook it is one line
      jvm.process().destroy();
      assertEquals(128 + 15, jvm.exitCode(), jvm.err());
      assertTrue(jvm.err().contains("before the first epoch ended; no weights"), jvm.err());
    }
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void withoutTheVectorModuleItRunsScalarAndSaysSoOnce() throws Exception {
    List<String> args = List.of("demo", "--epochs=1", "--out", folder.resolve("out").toString());
    try (OtherJvm jvm = OtherJvm.start(folder, List.of(), args)) {
      assertEquals(0, jvm.exitCode(), jvm.err());
      assertEquals(2, jvm.err().split("runs scalar", -1).length, jvm.err());
      assertTrue(jvm.err().contains("--add-modules jdk.incubator.vector"), jvm.err());
      assertEquals(1, jvm.out().lines().filter(l -> l.startsWith("scalar")).count(), jvm.out());
      Matcher accuracy = Pattern.compile("test accuracy  (\\d+)\\.").matcher(jvm.out());
      assertTrue(accuracy.find() && Integer.parseInt(accuracy.group(1)) > 60, jvm.out());
    }
  }
}
