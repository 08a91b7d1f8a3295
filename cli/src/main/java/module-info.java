/** The {@code lanewise} command. */
module io.lanewise.cli {
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires io.lanewise.training;
  requires java.desktop;
  requires me.tongfei.progressbar;

  opens io.lanewise.cli to
      info.picocli;
}
