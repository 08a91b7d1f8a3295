/**
 * The law-book: statements about CNN operations that hold for every shape, each with its formula
 * and source, and what checks them on any {@link io.lanewise.kernels.Backend}.
 *
 * <p>Reading order: {@link io.lanewise.propertytests.Law} (a statement), {@link
 * io.lanewise.propertytests.Trial} (what a statement may use), {@link
 * io.lanewise.propertytests.LawBook} (all of them, and how they are run), then one file of {@code
 * io.lanewise.propertytests.law}.
 */
package io.lanewise.propertytests;
