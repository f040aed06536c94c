using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>What a document store owes: documents, versions, conditions, all or nothing.</summary>
public abstract class DocumentContract(ITestedEngine engine) : StoreContract(engine)
{
    [ContractFact]
    public async Task A_document_comes_back_as_it_was_written_at_version_1()
    {
        var written = new Sample("a", "Zoë 🎓", "title", 7) { Tags = ["x", "y"], Live = "l", Text = new string('é', 3000) };
        await AddAsync(written);

        var read = await ReadAsync("a");

        Assert.Equal((1, "a"), (read.Version, read.Id));
        Assert.Equivalent(written, read.Document, strict: true);
    }

    [ContractFact]
    public async Task Who_asks_for_what_is_not_there_gets_nothing()
    {
        await AddAsync(new Sample("a"));

        Assert.Null(await Documents.FindAsync(Samples.Kind, "b", None));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "", None));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "a\0", None));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "A", None));
        Assert.Null(await Documents.FindAsync(Samples.Kind, new string('x', 100_000), None));
    }

    [ContractFact]
    public async Task Half_of_a_pair_is_not_taken_for_the_replacement_character()
    {
        await AddAsync(new Sample("\uFFFD"));

        Assert.Null(await Documents.FindAsync(Samples.Kind, "\uD800", None));
        Assert.Empty(await Documents.FindManyAsync(Samples.Kind, ["\uD800"], None));
    }

    [ContractFact]
    public async Task Many_are_found_by_their_ids_and_absent_ones_left_out()
    {
        await AddAsync([.. Enumerable.Range(0, 500).Select(i => new Sample($"s{i}"))]);

        var found = await Documents.FindManyAsync(Samples.Kind, [.. Enumerable.Range(250, 500).Select(i => $"s{i}")], None);

        Assert.Equal(Enumerable.Range(250, 250).Select(i => $"s{i}").Order(), found.Select(item => item.Id).Order());
    }

    [ContractFact]
    public async Task A_replacement_grows_the_version_by_one()
    {
        await AddAsync(new Sample("a"));
        var read = await ReadAsync("a");

        await CommitAsync(new Changes().Replace(Samples.Kind, read, read.Document with { Title = "next" }));

        var next = await ReadAsync("a");
        Assert.Equal((2, "next"), (next.Version, next.Document.Title));
        Assert.Equal(next.Version, read.Became(next.Document).Version);
    }

    [ContractTheory]
    [InlineData(ChangeType.Replace)]
    [InlineData(ChangeType.Remove)]
    [InlineData(ChangeType.Require)]
    public async Task A_change_of_what_is_no_longer_as_read_is_refused_and_nothing_is_written(ChangeType type)
    {
        await AddAsync(new Sample("a"));
        var stale = await ReadAsync("a");
        await CommitAsync(new Changes().Replace(Samples.Kind, stale, stale.Document with { Title = "next" }));

        var refused = await Assert.ThrowsAsync<VersionConflictException>(() => CommitAsync(Of(type, stale).Add(Samples.Kind, new Sample("b")).Send(Message("m"))));

        Assert.Equal(("storage.version-conflict", "sample", "a"), (refused.Code, refused.KindName, refused.Id));
        Assert.Equal((2, "next"), ((await ReadAsync("a")).Version, (await ReadAsync("a")).Document.Title));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "b", None));
        Assert.Equal(0, await Outbox.CountAsync(10, None));
    }

    [ContractTheory]
    [InlineData(ChangeType.Replace)]
    [InlineData(ChangeType.Remove)]
    [InlineData(ChangeType.Require)]
    public async Task A_change_of_what_is_gone_is_refused(ChangeType type)
    {
        await AddAsync(new Sample("a"));
        var read = await ReadAsync("a");
        await CommitAsync(new Changes().Remove(Samples.Kind, read));

        await Assert.ThrowsAsync<VersionConflictException>(() => CommitAsync(Of(type, read)));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "a", None));
    }

    [ContractFact]
    public async Task What_was_removed_is_on_no_path()
    {
        await AddAsync(new Sample("a") { Tags = ["x"], Codes = ["c"], Live = "l" });
        await CommitAsync(new Changes().Remove(Samples.Kind, await ReadAsync("a")));

        Assert.Empty(await IdsAsync(Samples.ByTag.Where("x", "ana")));
        Assert.Empty(await IdsAsync(Samples.ByLearner.Where("ana")));
        Assert.Empty(await IdsAsync(Samples.CodeOnce.Where("c")));
        await AddAsync(new Sample("b") { Tags = ["x"], Codes = ["c"], Live = "l" });
    }

    [ContractFact]
    public async Task A_requirement_that_holds_writes_nothing()
    {
        await AddAsync(new Sample("a"));

        await CommitAsync(new Changes().Require(Samples.Kind, await ReadAsync("a")).Add(Samples.Kind, new Sample("b")));

        Assert.Equal(1, (await ReadAsync("a")).Version);
        Assert.Equal(1, (await ReadAsync("b")).Version);
    }

    [ContractFact]
    public async Task Two_commits_that_each_require_what_the_other_writes_never_both_hold()
    {
        for (var round = 0; round < 30; round++)
        {
            var (left, right) = ($"l{round}", $"r{round}");
            await AddAsync(new Sample(left), new Sample(right));
            var (l, r) = (await ReadAsync(left), await ReadAsync(right));

            var held = await Task.WhenAll(
                HoldsAsync(new Changes().Require(Samples.Kind, l).Replace(Samples.Kind, r, r.Document with { Title = "on duty" })),
                HoldsAsync(new Changes().Require(Samples.Kind, r).Replace(Samples.Kind, l, l.Document with { Title = "on duty" })));

            Assert.Single(held, true);
            Assert.Equal(3, (await ReadAsync(left)).Version + (await ReadAsync(right)).Version);
        }
    }

    [ContractFact]
    public async Task Of_fifty_commits_over_the_same_read_exactly_one_wins()
    {
        await AddAsync(new Sample("a"));
        var read = await ReadAsync("a");

        var held = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Task.Run(() => HoldsAsync(new Changes().Replace(Samples.Kind, read, read.Document with { Rank = i }).Add(Samples.Kind, new Sample($"effect{i}"))))));

        Assert.Single(held, true);
        var winner = Array.IndexOf(held, true);
        Assert.Equal((2, winner), ((await ReadAsync("a")).Version, (await ReadAsync("a")).Document.Rank));
        Assert.Equal(["a", $"effect{winner}"], await IdsAsync(Samples.ByRank.Where("ana").From(0)) is var ids ? ids.Order() : []);
    }

    [ContractFact]
    public async Task One_that_fails_among_many_takes_nobody_with_it()
    {
        await AddAsync(new Sample("taken"));

        var held = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
            HoldsAsync(i % 4 == 0 ? new Changes().Add(Samples.Kind, new Sample($"half{i}")).Add(Samples.Kind, new Sample("taken")) : new Changes().Add(Samples.Kind, new Sample($"whole{i}"))))));

        Assert.Equal(150, held.Count(one => one));
        Assert.Equal(151, await Documents.CountAsync(Samples.Kind, Samples.ByLearner.Where("ana"), 1000, None));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "half0", None));
    }

    [ContractFact]
    public async Task What_is_committed_is_there_after_reopening()
    {
        await AddAsync(new Sample("a") { Tags = ["x"] });
        await CommitAsync(new Changes().Send(Message("m")));

        await ReopenAsync();

        Assert.Equal(["a"], await IdsAsync(Samples.ByTag.Where("x", "ana")));
        Assert.Equal(1, await Outbox.CountAsync(10, None));
    }

    [ContractTheory]
    [InlineData('a', '\0')]
    [InlineData('a', '\uD83D')]
    [InlineData('\uDE00', '\uD83D')]
    [InlineData('\uD83D', 'a')]
    public async Task Text_that_not_every_engine_can_hold_is_refused_wherever_it_stands(char first, char second)
    {
        const string code = "storage.text-not-storable";
        var text = $"{first}{second}";
        foreach (var sample in new[] { new Sample(text), new Sample("a", Title: text), new Sample("a") { Tags = [text] }, new Sample("a") { Text = text } })
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => AddAsync(sample))).Code);
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => CommitAsync(new Changes().Send(Message(text))))).Code);
        Assert.Equal(0, await Documents.CountAsync(Samples.Kind, Samples.ByTitle.Where(), 10, None));
    }

    [ContractFact]
    public async Task Searched_text_and_ids_end_at_256_bytes_and_other_text_does_not()
    {
        var (fits, tooLong) = (new string('é', 128), new string('é', 128) + "x");

        await AddAsync(new Sample(fits, Title: fits) { Tags = [fits], Text = new string('x', 1_000_000) });
        foreach (var sample in new[] { new Sample(tooLong), new Sample("b", Title: tooLong), new Sample("b") { Tags = [tooLong] } })
        {
            Assert.Equal("storage.text-too-long", (await Assert.ThrowsAsync<RefusedException>(() => AddAsync(sample))).Code);
        }

        Assert.Equal([fits], await IdsAsync(Samples.ByLearner.Where("ana").StartingWith(fits)));
        Assert.Equal(1_000_000, (await ReadAsync(fits)).Document.Text.Length);
    }

    [ContractFact]
    public async Task Instants_keep_their_microseconds_and_nothing_finer()
    {
        var fine = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.FromHours(-7)).AddTicks(1_234_567);
        await AddAsync(new Sample("a") { At = fine }, new Sample("b") { At = fine.AddTicks(10) });

        Assert.Equal(fine.AddTicks(-7), (await ReadAsync("a")).Document.At);
        Assert.Equal(TimeSpan.Zero, (await ReadAsync("a")).Document.At.Offset);
        Assert.Equal(["a"], await IdsAsync(Samples.ByTime.Where().From(fine).To(fine.AddTicks(10))));
    }

    [ContractFact]
    public async Task A_commit_given_up_before_it_began_writes_nothing()
    {
        using var givenUp = new CancellationTokenSource();
        await givenUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Documents.CommitAsync(new Changes().Add(Samples.Kind, new Sample("a")), givenUp.Token));
        Assert.Null(await Documents.FindAsync(Samples.Kind, "a", None));
    }

    [ContractFact]
    public async Task A_kind_that_was_not_declared_cannot_be_used()
    {
        var stranger = new DocumentKind<Sample>("stranger", s => s.Id);

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(new Changes().Add(stranger, new Sample("a"))));
    }

    private static OutboxMessage Message(string id) => new(id, "topic", "subject", DateTimeOffset.UnixEpoch);

    private static Changes Of(ChangeType type, Read<Sample> read) => type switch
    {
        ChangeType.Replace => new Changes().Replace(Samples.Kind, read, read.Document with { Title = "lost" }),
        ChangeType.Remove => new Changes().Remove(Samples.Kind, read),
        _ => new Changes().Require(Samples.Kind, read),
    };

    private async Task<bool> HoldsAsync(Changes changes)
    {
        try
        {
            await CommitAsync(changes);
            return true;
        }
        catch (RefusedException refused) when (refused is VersionConflictException or NotUniqueException)
        {
            return false;
        }
    }
}
