/**
 * What the pages that commands leave behind have in common: each is one HTML file that loads
 * nothing. {@link io.lanewise.cli.page.PageTemplate} fills a template with the parts that {@link
 * io.lanewise.cli.page.PageResources} reads and {@link io.lanewise.cli.page.Html} writes, {@link
 * io.lanewise.cli.page.PageFile} stores it.
 */
package io.lanewise.cli.page;
