using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Questions along declared paths: order, range, prefix, many values, pages, counts.</summary>
public abstract class QueryContract(ITestedEngine engine) : StoreContract(engine)
{
    /// <summary>In the order of code points, which is neither a language's nor .NET's ordinal order.</summary>
    private static readonly string[] InOrder = ["", "A", "Z", "Zoe", "a", "a b", "ab", "z", "é", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "🎓", "\U0010FFFF"];

    [ContractFact]
    public async Task Answers_come_in_code_point_order_both_ways()
    {
        await AddAsync([.. InOrder.Reverse().Select((title, i) => new Sample($"{i:d2}", Title: title))]);

        Assert.Equal(InOrder, await TitlesAsync(Samples.ByLearner.Where("ana")));
        Assert.Equal(InOrder.Reverse(), await TitlesAsync(Samples.ByLearner.Where("ana").Descending()));
        Assert.Equal(InOrder, await TitlesAsync(Samples.ByTitle.Where()));
        Assert.Equal(InOrder.Reverse(), await TitlesAsync(Samples.ByTitle.Where().Descending()));
    }

    [ContractTheory]
    [InlineData("", 15)]
    [InlineData("Z", 2)]
    [InlineData("a", 3)]
    [InlineData("a ", 1)]
    [InlineData("é", 1)]
    [InlineData("\uD7FF", 1)]
    [InlineData("🎓", 1)]
    [InlineData("\U0010FFFF", 1)]
    [InlineData("zz", 0)]
    public async Task A_prefix_finds_exactly_what_begins_with_it(string prefix, int count)
    {
        await AddAsync([.. InOrder.Select((title, i) => new Sample($"{i:d2}", Title: title))]);

        var expected = InOrder.Where(title => title.StartsWith(prefix, StringComparison.Ordinal)).ToArray();

        Assert.Equal(count, expected.Length);
        Assert.Equal(expected, await TitlesAsync(Samples.ByLearner.Where("ana").StartingWith(prefix)));
        Assert.Equal(expected.Reverse(), await TitlesAsync(Samples.ByTitle.Where().StartingWith(prefix).Descending()));
    }

    [ContractFact]
    public async Task A_range_includes_its_lowest_and_ends_before_its_end()
    {
        await AddAsync([.. Enumerable.Range(-3, 7).Select(i => new Sample($"s{i}", Rank: i))]);

        Assert.Equal(["s-1", "s0", "s1"], await IdsAsync(Samples.ByRank.Where("ana").From(-1).To(2)));
        Assert.Equal(["s3", "s2"], await IdsAsync(Samples.ByRank.Where("ana").From(2).Descending()));
        Assert.Equal(["s-3", "s-2"], await IdsAsync(Samples.ByRank.Where("ana").To(-1)));
        Assert.Empty(await IdsAsync(Samples.ByRank.Where("ana").From(2).To(2)));
        Assert.Equal(3, await Documents.CountAsync(Samples.Kind, Samples.ByRank.Where("ana").From(-1).To(2), 50, None));
    }

    [ContractFact]
    public async Task A_range_and_a_prefix_hold_together()
    {
        await AddAsync([.. new[] { "wa", "wb", "wc", "wd", "x" }.Select(title => new Sample(title, Title: title))]);

        Assert.Equal(["wb", "wc"], await IdsAsync(Samples.ByLearner.Where("ana").StartingWith("w").From("wb").To("wd")));
        Assert.Equal(["wd", "wc", "wb", "wa"], await IdsAsync(Samples.ByLearner.Where("ana").StartingWith("w").From("a").To("z").Descending()));
    }

    [ContractFact]
    public async Task A_document_without_a_value_is_not_on_that_path()
    {
        await AddAsync(new Sample("a") { Assignee = "t" }, new Sample("b"));

        Assert.Equal(["a"], await IdsAsync(Samples.ByAssignee.Where("t", 0)));
        var a = await ReadAsync("a");
        await CommitAsync(new Changes().Replace(Samples.Kind, a, a.Document with { Assignee = null }));
        Assert.Empty(await IdsAsync(Samples.ByAssignee.Where("t", 0)));
        Assert.Equal(["a", "b"], await IdsAsync(Samples.ByLearner.Where("ana")));
    }

    [ContractFact]
    public async Task A_document_is_found_by_each_of_its_values_and_no_longer_by_a_former_one()
    {
        await AddAsync(new Sample("a") { Tags = ["x", "y", "x"] }, new Sample("b") { Tags = ["y"] });

        Assert.Equal(["a"], await IdsAsync(Samples.ByTag.Where("x", "ana")));
        Assert.Equal(["a", "b"], await IdsAsync(Samples.ByTag.Where("y", "ana")));
        var a = await ReadAsync("a");
        await CommitAsync(new Changes().Replace(Samples.Kind, a, a.Document with { Tags = ["x", "z"] }));
        Assert.Equal(["b"], await IdsAsync(Samples.ByTag.Where("y", "ana")));
        Assert.Equal(["a"], await IdsAsync(Samples.ByTag.Where("z", "ana")));
        Assert.Equal(["a"], await IdsAsync(Samples.ByTag.Where("x", "ana")));
    }

    [ContractFact]
    public async Task Five_hundred_values_are_one_question_answered_in_their_order()
    {
        await AddAsync([.. Enumerable.Range(0, 1200).Select(i => new Sample($"s{i:d4}", $"l{i % 600:d3}", Rank: -i))]);
        string[] asked = [.. Enumerable.Range(0, 500).Select(i => $"l{i:d3}").Reverse(), "l007"];

        var all = await IdsAsync(Samples.ByRank.WhereAny(asked).Take(5000));

        Assert.Equal(Enumerable.Range(0, 500).SelectMany(i => new[] { $"s{i + 600:d4}", $"s{i:d4}" }), all);
        Assert.Equal(all.Reverse(), await IdsAsync(Samples.ByRank.WhereAny(asked).Take(5000).Descending()));
        Assert.Equal(1000, await Documents.CountAsync(Samples.Kind, Samples.ByRank.WhereAny(asked), 5000, None));
        Assert.Equal(all, await AllIdsAsync(Samples.ByRank.WhereAny(asked).Take(77)));
        Assert.Empty(await IdsAsync(Samples.ByRank.WhereAny([])));
        Assert.Throws<ArgumentException>(() => Samples.ByRank.WhereAny([.. Enumerable.Range(0, 501).Select(i => $"{i}")]));
    }

    [ContractFact]
    public async Task Many_values_are_answered_in_code_point_order_across_pages()
    {
        await AddAsync([.. InOrder.Reverse().SelectMany((learner, i) => new[] { new Sample($"{i:d2}a", learner), new Sample($"{i:d2}b", learner) })]);

        var forward = await AllAsync(Samples.ByLearner.WhereAny(InOrder).Take(3));
        var backward = await AllAsync(Samples.ByLearner.WhereAny(InOrder).Take(3).Descending());

        Assert.Equal(InOrder.SelectMany(learner => new[] { learner, learner }), forward.Select(item => item.Document.Learner));
        Assert.Equal(forward.Select(item => item.Id).Reverse(), backward.Select(item => item.Id));
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_are_paged_through_while_others_are_added_and_no_one_is_twice_or_lost(bool descending)
    {
        // Only 100 different order values, so that pages end within equal ones.
        var samples = Enumerable.Range(0, 10_000).Select(i => new Sample($"s{i:d5}", Rank: i * 7 % 100) { Tags = ["t"] }).ToArray();
        foreach (var batch in samples.Chunk(1000))
        {
            await AddAsync(batch);
        }

        using var stop = new CancellationTokenSource();
        var adding = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await AddAsync(new Sample($"t{i:d5}", Rank: i % 100), new Sample($"r{i:d5}", Rank: i % 100));
            }
        });
        var query = Samples.ByRank.Where("ana").Take(137);
        var seen = await AllAsync(descending ? query.Descending() : query);
        await stop.CancelAsync();
        await adding;

        Assert.Equal(seen.Count, seen.DistinctBy(item => item.Id).Count());
        var expected = samples.OrderBy(sample => sample.Rank).ThenBy(sample => sample.Id, StringComparer.Ordinal).Select(sample => sample.Id);
        Assert.Equal(descending ? expected.Reverse() : expected, seen.Select(item => item.Id).Where(id => id[0] == 's'));
    }

    [ContractFact]
    public async Task Every_form_of_path_can_be_paged()
    {
        await AddAsync([.. Enumerable.Range(0, 25).Select(i => new Sample($"s{i:d2}", Title: $"t{i / 5}") { Assignee = "t", Tags = ["x"], Codes = [$"c{i}"], Live = $"l{i}" })]);
        await CommitAsync(Enumerable.Range(0, 25).Aggregate(new Changes(), (changes, i) => changes.Add(Samples.Links, new Link($"k{25 - i}", "c", i, "t")).Add(Samples.Turns, new Turn($"u{i:d2}", "g", i / 5))));
        var inOrder = Enumerable.Range(0, 25).Select(i => $"s{i:d2}").ToArray();

        Assert.Equal(inOrder, await AllIdsAsync(Samples.ByAssignee.Where("t", 0).Take(4)));
        Assert.Equal(inOrder.Reverse(), await AllIdsAsync(Samples.ByAssignee.Where("t", 0).Take(4).Descending()));
        Assert.Equal(inOrder, await AllIdsAsync(Samples.ByTag.Where("x", "ana").Take(4)));
        Assert.Equal(inOrder.Reverse(), await AllIdsAsync(Samples.ByTag.Where("x", "ana").Take(4).Descending()));
        Assert.Equal(inOrder, await AllIdsAsync(Samples.ByTime.Where().Take(4)));
        Assert.Equal(inOrder.Reverse(), await AllIdsAsync(Samples.ByTitle.Where().Take(4).Descending()));
        Assert.Equal(inOrder[10..], await AllIdsAsync(Samples.ByTitle.Where().From("t2").Take(4)));
        Assert.Equal(inOrder[5..10].Reverse(), await AllIdsAsync(Samples.ByTitle.Where().StartingWith("t1").Take(2).Descending()));
        Assert.Equal(["s03"], await AllIdsAsync(Samples.LiveOnce.Where("ana", "l3").Take(1)));
        Assert.Equal(["s03"], await AllIdsAsync(Samples.CodeOnce.Where("c3").Take(1)));

        var links = await ListAsync(Documents.AllAsync(Samples.Links, Samples.ByChain.Where("c").From(3).To(20).Descending(), None));
        Assert.Equal(Enumerable.Range(3, 17).Reverse(), links.Select(link => (int)link.Document.Number));
        var page = await Documents.QueryAsync(Samples.Links, Samples.ByChain.Where("c").Take(10), None);
        page = await Documents.QueryAsync(Samples.Links, Samples.ByChain.Where("c").Take(10).After(page.Next), None);
        Assert.Equal(Enumerable.Range(10, 10), page.Items.Select(link => (int)link.Document.Number));
        var turns = await Documents.QueryAsync(Samples.Turns, Samples.ByGroup.Where("g").Take(13), None);
        turns = await Documents.QueryAsync(Samples.Turns, Samples.ByGroup.Where("g").Take(13).After(turns.Next), None);
        Assert.Equal(Enumerable.Range(13, 12).Select(i => $"u{i:d2}"), turns.Items.Select(turn => turn.Id));
    }

    [ContractFact]
    public async Task The_last_page_says_so_also_when_it_is_full()
    {
        await AddAsync([.. Enumerable.Range(0, 10).Select(i => new Sample($"s{i}"))]);

        Assert.Null((await Documents.QueryAsync(Samples.Kind, Samples.ByLearner.Where("ana").Take(10), None)).Next);
        Assert.NotNull((await Documents.QueryAsync(Samples.Kind, Samples.ByLearner.Where("ana").Take(9), None)).Next);
        Assert.Null((await Documents.QueryAsync(Samples.Kind, Samples.ByLearner.Where("ana").Take(11), None)).Next);
    }

    [ContractFact]
    public async Task A_count_stops_at_its_limit()
    {
        await AddAsync([.. Enumerable.Range(0, 100).Select(i => new Sample($"s{i}", $"l{i % 10}") { Tags = ["x"] })]);

        Assert.Equal(10, await Documents.CountAsync(Samples.Kind, Samples.ByLearner.Where("l1"), 50, None));
        Assert.Equal(3, await Documents.CountAsync(Samples.Kind, Samples.ByLearner.Where("l1"), 3, None));
        Assert.Equal(25, await Documents.CountAsync(Samples.Kind, Samples.ByLearner.WhereAny(["l1", "l2", "l3"]), 25, None));
        Assert.Equal(30, await Documents.CountAsync(Samples.Kind, Samples.ByLearner.WhereAny(["l1", "l2", "l3"]), 50, None));
        Assert.Equal(10, await Documents.CountAsync(Samples.Kind, Samples.ByTag.Where("x", "l9"), 50, None));
    }

    [ContractTheory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    public async Task What_is_no_place_in_a_list_is_refused(string cursor)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Documents.QueryAsync(Samples.Kind, Samples.ByLearner.Where("ana").After(cursor), None));

        Assert.Equal("paging.cursor", refused.Code);
    }

    [ContractFact]
    public async Task A_place_in_another_list_is_refused()
    {
        await AddAsync([.. Enumerable.Range(0, 10).Select(i => new Sample($"s{i}"))]);
        var other = (await Documents.QueryAsync(Samples.Kind, Samples.ByTime.Where().Take(5), None)).Next;

        Assert.Equal("paging.cursor", (await Assert.ThrowsAsync<RefusedException>(() => IdsAsync(Samples.ByLearner.Where("ana").After(other)))).Code);
        Assert.Equal("paging.cursor", (await Assert.ThrowsAsync<RefusedException>(() => IdsAsync(Samples.ByTitle.Where().After(other)))).Code);
    }

    [ContractFact]
    public async Task A_page_holds_1_to_5000_items()
    {
        Assert.Equal("paging.limit", Assert.Throws<RefusedException>(() => Samples.ByTime.Where().Take(0)).Code);
        Assert.Equal("paging.limit", Assert.Throws<RefusedException>(() => Samples.ByTime.Where().Take(5001)).Code);
        Assert.Empty(await IdsAsync(Samples.ByTime.Where().Take(5000)));
    }

    private async Task<string[]> TitlesAsync(DocumentQuery<Sample> query) =>
        [.. (await Documents.QueryAsync(Samples.Kind, query, None)).Documents.Select(sample => sample.Title)];

    private async Task<string[]> AllIdsAsync(DocumentQuery<Sample> query) => [.. (await AllAsync(query)).Select(item => item.Id)];

    private async Task<List<Read<Sample>>> AllAsync(DocumentQuery<Sample> query)
    {
        var items = new List<Read<Sample>>();
        for (var page = query; ;)
        {
            var found = await Documents.QueryAsync(Samples.Kind, page, None);
            Assert.InRange(found.Items.Count, 0, query.Limit);
            items.AddRange(found.Items);
            if (found.Next is null)
            {
                return items;
            }

            page = query.After(found.Next);
        }
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
