using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Reporting.Yearly;

namespace SkillBadges.Core.Tests.Reporting;

public sealed class SuppressionTests
{
    // One whole, two schools, three and two programs.
    private static readonly int[] Above = [-1, 0, 0, 1, 1, 1, 2, 2];
    private static readonly int[] Programs = [3, 4, 5, 6, 7];

    private static readonly Gen<int[]> Counts = Gen.Frequency((3, Gen.Choose(0, 4)), (2, Gen.Choose(5, 30)), (1, Gen.Constant(0))).ArrayOf(Programs.Length * 2);

    [Fact]
    public void No_count_that_is_kept_back_can_be_computed_from_what_is_published() =>
        Prop.ForAll(Counts.ToArbitrary(), counts => Derivable(counts, Suppression.Of(Table(counts), 5)).Count == 0).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Every_count_under_the_threshold_is_kept_back_and_what_is_published_is_true() => Prop.ForAll(Counts.ToArbitrary(), counts =>
    {
        var (table, shown) = (Table(counts), Suppression.Of(Table(counts)));
        return table.Rows.Zip(shown.Rows).All(pair => pair.First.Counts.Zip(pair.Second.Counts).All(one => one.Second is null || (one.First >= Suppression.Threshold && one.First == one.Second)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Keeping_back_the_small_counts_alone_lets_them_be_computed()
    {
        int[] counts = [3, 40, 50, 60, 70, 80, 20, 30, 25, 35];
        var table = Table(counts);
        var naive = new PublicTable(table.Name, table.Columns, [.. table.Rows.Select(row => new PublicRow(row.Id, row.Name, row.Above, [.. row.Counts.Select(count => count < 5 ? (int?)null : count)]))]);

        Assert.Equal([(3, 0)], Derivable(counts, naive));
        Assert.Empty(Derivable(counts, Suppression.Of(table, 5)));
    }

    [Fact]
    public void A_table_without_small_counts_is_published_whole_and_one_small_count_takes_no_more_than_a_rectangle_with_it()
    {
        Assert.DoesNotContain(Suppression.Of(Table([10, 40, 50, 60, 70, 80, 20, 30, 25, 35])).Rows, row => row.Counts.Contains(null));

        var shown = Suppression.Of(Table([3, 40, 50, 60, 70, 80, 20, 30, 25, 35]));

        Assert.Equal(4, shown.Rows.Sum(row => row.Counts.Count(count => count is null)));
        Assert.All(shown.Rows[..3], row => Assert.DoesNotContain(null, row.Counts));
    }

    [Fact]
    public void Sums_are_those_of_the_lowest_rows()
    {
        var table = Table([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

        Assert.Equal<int>([25, 30, 55], table.Rows[0].Counts);
        Assert.Equal<int>([9, 12, 21], table.Rows[1].Counts);
        Assert.Equal<int>([9, 10, 19], table.Rows[7].Counts);
    }

    private static CountTable Table(int[] counts) => CountTable.Of(
        "graduates", ["with", "without"], [.. Above.Select((above, row) => ($"r{row}", $"Row {row}", above, Array.IndexOf(Programs, row) is >= 0 and var place ? counts[(place * 2)..((place * 2) + 2)] : (IReadOnlyList<int>)[]))]);

    // Tries every table whose lowest counts differ by at most one from the true ones: where some count that is kept back has another value in none of them, a reader knows it. (That two tables
    // differ by whole cycles makes this enough to show that they do not know it.)
    private static List<(int Row, int Column)> Derivable(int[] counts, PublicTable shown)
    {
        var truth = Table(counts);
        var open = Places(shown).Where(place => shown.Rows[place.Row].Counts[place.Column] is null).ToHashSet();
        var free = Enumerable.Range(0, counts.Length).Where(n => shown.Rows[Programs[n / 2]].Counts[n % 2] is null).ToArray();
        var tried = (int[])counts.Clone();
        Try(0);
        return [.. open.Order()];

        void Try(int at)
        {
            if (open.Count == 0)
            {
                return;
            }

            if (at < free.Length)
            {
                for (var change = -1; change <= 1; change++)
                {
                    tried[free[at]] = counts[free[at]] + change;
                    if (tried[free[at]] >= 0)
                    {
                        Try(at + 1);
                    }
                }

                tried[free[at]] = counts[free[at]];
                return;
            }

            var other = Sums(tried);
            if (Places(shown).All(place => shown.Rows[place.Row].Counts[place.Column] is not { } published || other[place.Row][place.Column] == published))
            {
                open.RemoveWhere(place => other[place.Row][place.Column] != truth.Rows[place.Row].Counts[place.Column]);
            }
        }
    }

    private static int[][] Sums(int[] counts)
    {
        var sums = Above.Select(_ => new int[3]).ToArray();
        for (var place = 0; place < Programs.Length; place++)
        {
            for (var row = Programs[place]; row >= 0; row = Above[row])
            {
                sums[row][0] += counts[place * 2];
                sums[row][1] += counts[(place * 2) + 1];
                sums[row][2] += counts[place * 2] + counts[(place * 2) + 1];
            }
        }

        return sums;
    }

    private static IEnumerable<(int Row, int Column)> Places(PublicTable shown) =>
        from row in Enumerable.Range(0, shown.Rows.Length)
        from column in Enumerable.Range(0, shown.Columns.Length)
        select (row, column);
}
