package io.lanewise.cli;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.platform.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code lanewise version}. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    description = "Prints the version, the JDK, the backend and why it was chosen, and the cores.")
final class VersionCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    CpuBackend backend = CpuBackend.best();
    var out = spec.commandLine().getOut();
    out.println("Lanewise  " + version());
    out.println("JDK       " + Machine.jvm());
    out.println("backend   " + backend.describe());
    out.println("machine   " + machine(backend.target().machine()));
    out.flush();
  }

  /** Architecture, cores and caches. */
  static String machine(Machine m) {
    return m.arch()
        + ", "
        + m.cores()
        + (m.cores() == 1 ? " core, " : " cores, ")
        + m.l1Bytes() / 1024
        + " KB L1, "
        + m.l2Bytes() / 1024
        + " KB L2";
  }

  static String version() {
    Properties p = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
      p.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return p.getProperty("version");
  }

  /** For {@code --version}. */
  static final class Provider implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"lanewise " + version()};
    }
  }
}
