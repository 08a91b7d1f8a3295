/** The {@code lanewise} command: one class a subcommand, and what they share. */
package io.lanewise.cli;
