using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

/// <summary>
/// Random histories of edits, patches, sign-offs, withdrawals, votes and publications, played through the real workflows and store and watched by a
/// bookkeeper of its own, who knows nothing of meanings and revisions: only who said yes to which text, and when.
/// </summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private static readonly (string Old, string New)[] edits =
    [
        ("Files a block flat and square", "Files a block flat and true"),
        ("Flat and square within 1/64 inch.", "Flat and square within 1/32 inch."),
        ("\"requiredLevel\": \"developing\"", "\"requiredLevel\": \"advanced\""),
        ("Make the part.", "Make the part twice."),
        ("Files, drills and taps steel to a drawing.", "Files, drils and taps steel to a drawing."),
        ("Part beside a square.", "Part besidde a square."),
        ("\"recencyMonths\": 24", "\"recencyMonths\": 36"),
        ("\"name\": \"Bench Work\"", "\"name\": \"Bank Work\""),
        ("Holes are on the mark", "Holes are near the mark"),
    ];

    private Table table = null!;
    private int histories;

    public async Task InitializeAsync() => table = await Table.OpenAsync();

    public Task DisposeAsync()
    {
        table.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void No_version_is_published_without_every_sign_off_of_its_content_and_no_earned_badge_changes()
    {
        var steps = Gen.Choose(0, 10_000).ListOf().Resize(45).ToArbitrary();
        var published = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20261121, 4711),
            Prop.ForAll(steps, history =>
            {
                var watch = new Bookkeeper(table, $"bench-{++histories}");
                watch.PlayAsync([.. history]).GetAwaiter().GetResult();
                published += watch.Versions;
            }));

        // A run in which nothing is ever published would prove nothing.
        Assert.True(published > 40, $"Only {published} versions were published.");
    }

    /// <summary>What one text says, and what nobody may change in it without asking again.</summary>
    private sealed record Said(string Text)
    {
        // Names, descriptions and hints left out by eye, not by the rule under test.
        public string Meaning => Text.Replace("drils", "drills", StringComparison.Ordinal).Replace("besidde", "beside", StringComparison.Ordinal);
    }

    private sealed class Bookkeeper(Table table, string slug)
    {
        private readonly Dictionary<string, (string Id, Said About)> yes = [];
        private readonly Dictionary<int, (Sha256Digest Hash, string Words)> earned = [];
        private readonly List<string> signOffs = [];
        private readonly HashSet<(SigningParty Side, string Meaning)> votes = [];

        public int Versions => earned.Count;

        public async Task PlayAsync(IReadOnlyList<int> history)
        {
            await table.StartAsync(slug);
            foreach (var step in history)
            {
                await StepAsync(step);
                await RequireEarnedUnchangedAsync();
            }
        }

        private Task StepAsync(int step) => (step % 12) switch
        {
            0 => EditAsync(edits[step / 12 % edits.Length], isPatch: false),
            1 or 2 => EditAsync(edits[step / 12 % edits.Length], isPatch: true),
            3 or 4 => SignAsync(step / 12 % 3, step % 5 == 0 ? -1 : 0),
            5 => WithdrawAsync(step / 12),
            6 => VoteAsync((SigningParty)(step / 12 % 3)),
            7 or 8 => SignAllAsync(),
            _ => PublishAsync(),
        };

        private async Task<Said> NowAsync()
        {
            var draft = await table.DraftAsync(slug);
            return new((await table.Reading.RevisionAsync(table.Teacher, slug, draft.Revision, default)).Content.Text);
        }

        // Both ways, so that histories go back and forth between the same texts.
        private async Task EditAsync((string Old, string New) edit, bool isPatch)
        {
            var (text, revision) = ((await NowAsync()).Text, (await table.DraftAsync(slug)).Revision);
            var changed = text.Contains(edit.New, StringComparison.Ordinal)
                ? text.Replace(edit.New, edit.Old, StringComparison.Ordinal)
                : text.Replace(edit.Old, edit.New, StringComparison.Ordinal);
            await TryAsync(async () =>
            {
                var proposal = await table.Proposals.ProposeAsync(table.Teacher, slug, new(revision, changed, "Changed.", isPatch, null), null, default);
                await table.Proposals.AcceptAsync(table.Dean, slug, proposal.Id, null, default);
                Assert.True(!isPatch || new Said(changed).Meaning == new Said(text).Meaning, "More than spelling went through as a patch.");
            });
        }

        private async Task SignAsync(int who, int off)
        {
            var (draft, now) = (await table.DraftAsync(slug), await NowAsync());
            var signer = new[] { table.Principal, table.Dean, table.Master }[who];
            await TryAsync(async () =>
            {
                var after = (await table.SignOffs.SignAsync(signer, slug, null, draft.Revision + off, null, null, default)).Document;
                Assert.Equal(0, off);
                var organization = new[] { table.School, table.College, table.Guild }[who];
                var standing = after.Standing.Single(signOff => signOff.Organization == organization);
                signOffs.Add(standing.Id);
                if (!yes.TryGetValue(organization.Value, out var known) || known.Id != standing.Id)
                {
                    yes[organization.Value] = (standing.Id, now);
                }
            });
        }

        private async Task SignAllAsync()
        {
            for (var who = 0; who < 3; who++)
            {
                await SignAsync(who, 0);
            }
        }

        private async Task WithdrawAsync(int which)
        {
            if (signOffs.Count == 0)
            {
                return;
            }

            var id = signOffs[which % signOffs.Count];
            foreach (var signer in new[] { table.Principal, table.Dean, table.Master })
            {
                await TryAsync(async () =>
                {
                    await table.SignOffs.WithdrawAsync(signer, slug, id, "No more.", null, default);
                    foreach (var organization in yes.Where(pair => pair.Value.Id == id).Select(pair => pair.Key).ToList())
                    {
                        yes.Remove(organization);
                    }
                });
            }
        }

        private async Task VoteAsync(SigningParty party)
        {
            var (draft, now) = (await table.DraftAsync(slug), await NowAsync());
            var entry = new CommitteeVoteEntry("Committee", new(2026, 1, 1), party, ["A", "B"], "Moved, seconded and carried by all who were there.", null);
            await TryAsync(async () =>
            {
                await table.SignOffs.RecordVoteAsync(table.Principal, slug, draft.Revision, entry, null, default);
                votes.Add((party, now.Meaning));
            });
        }

        private async Task PublishAsync()
        {
            var now = await NowAsync();
            await TryAsync(async () =>
            {
                var provenance = await table.PublishAsync(slug);
                var missing = new[] { (table.School, SigningParty.Secondary), (table.College, SigningParty.Postsecondary), (table.Guild, SigningParty.Industry) }
                    .Where(side => !yes.TryGetValue(side.Item1.Value, out var said) || said.About.Meaning != now.Meaning).Select(side => side.Item2).ToList();
                Assert.True(missing.Count == 0 || (missing.Count == 1 && votes.Contains((missing[0], now.Meaning))), $"{slug} was published without {string.Join(", ", missing)}.");
                var version = await table.Store.VersionAsync(provenance.Version, default);
                Assert.Equal(Drafts.Read(now.Text, slug).Hash, version.ContentHash);
                earned[version.Version] = (version.ContentHash, version.Competencies[0].Statement);
            });
        }

        private async Task RequireEarnedUnchangedAsync()
        {
            foreach (var (version, held) in earned)
            {
                var read = await table.Store.VersionAsync(new(slug, version), default);
                Assert.Equal(held, (read.ContentHash, read.Competencies[0].Statement));
                Assert.Equal(read.ContentHash, read.Publish(version).ContentHash);
            }
        }

        // A rule that says no is a step like any other.
        private static async Task TryAsync(Func<Task> step)
        {
            try
            {
                await step();
            }
            catch (RefusedException refusal) when (refusal.Code is not "storage.version-conflict")
            {
                Assert.DoesNotContain(".not-found", refusal.Code, StringComparison.Ordinal);
            }
        }
    }
}
