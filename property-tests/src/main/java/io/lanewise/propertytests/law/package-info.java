/** The laws themselves: one file for each kind of statement, {@code Laws.ALL} for all of them. */
package io.lanewise.propertytests.law;
