using System.Text;
using SkillBadges.App.Tests.Commands;
using SkillBadges.App.Tests.Moving;
using SkillBadges.Core;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.StatusLists;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.App.Tests.Checking;

/// <summary>Each rule of the check, seen to fail once on a store that was damaged on purpose.</summary>
public sealed class StoreCheckTests(DemoInstance demo) : IClassFixture<DemoInstance>, IDisposable
{
    private static readonly Dictionary<string, (Invariant Broken, Func<Damage, Task> Do)> damages = new(StringComparer.Ordinal)
    {
        ["a body that is no document"] = (Invariant.Readable, async damage => damage.Overwrite(AwardDocuments.Kind, (await damage.IssuedAsync()).Id.Value, "{}")),
        ["a body under the id of another"] = (Invariant.Readable, async damage =>
        {
            var award = await damage.IssuedAsync();
            damage.Overwrite(AwardDocuments.Kind, award.Id.Value, award with { Id = new("other") });
        }),
        ["a decision written twice"] = (Invariant.Decisions, damage => damage.ChangeWorkAsync(attempt => attempt with { Decisions = [.. attempt.Decisions, attempt.Decisions[^1]] })),
        ["a decision lost"] = (Invariant.Decisions, damage => damage.ChangeWorkAsync(attempt => attempt with { Decisions = [] })),
        ["a decision with another level than the record"] = (Invariant.Decisions, damage => damage.ChangeWorkAsync(attempt => attempt with
        {
            Decisions = [.. attempt.Decisions.Select(decision => decision with { Ratings = [decision.Ratings[0] with { Level = "another" }, .. decision.Ratings[1..]] })],
        })),
        ["a badge lost"] = (Invariant.Decisions, async damage => await damage.RemoveAsync(AwardDocuments.Kind, (await damage.IssuedAsync()).Id.Value)),
        ["waiting work in nobody's queue"] = (Invariant.Decisions, async damage => await damage.RemoveAsync(ReviewTaskDocuments.Kind, (await damage.FirstAsync(ReviewTaskDocuments.Kind)).Submission.Value)),
        ["a badge held twice"] = (Invariant.LiveAwards, async damage =>
        {
            var award = await damage.IssuedAsync();
            var twin = award with { Id = AwardId.New(award.AwardedAt), Attempt = award.Attempt + 1, Credential = CredentialId.New() };
            await damage.CommitAsync(new Changes().Add(AwardDocuments.Kind, twin));
            damage.Overwrite(AwardDocuments.Kind, twin.Id.Value, twin with { Attempt = award.Attempt });
        }),
        ["an intent lost"] = (Invariant.Credentials, async damage => await damage.RemoveAsync(IssuanceIntentDocuments.Kind, (await damage.IssuedAsync()).Credential.Value)),
        ["an intent still open after the signature"] = (Invariant.Credentials, async damage =>
            await damage.ChangeAsync(IssuanceIntentDocuments.Kind, (await damage.IssuedAsync()).Credential.Value, intent => intent with { State = IntentState.Open })),
        ["a signed credential lost"] = (Invariant.Credentials, async damage => await damage.RemoveAsync(SignedCredentialDocuments.Kind, (await damage.IssuedAsync()).Credential.Value)),
        ["a signed credential that nobody decided"] = (Invariant.Credentials, async damage =>
            await damage.CommitAsync(new Changes().Add(SignedCredentialDocuments.Kind, (await damage.FirstAsync(SignedCredentialDocuments.Kind)) with { Credential = CredentialId.New() }))),
        ["a status index used twice"] = (Invariant.Credentials, async damage =>
        {
            var statuses = await damage.AllAsync(CredentialStatusDocuments.Kind);
            var pair = statuses.GroupBy(status => status.List).First(group => group.Count() > 1).Take(2).ToArray();
            damage.Overwrite(CredentialStatusDocuments.Kind, pair[1].Credential.Value, pair[1] with { Index = pair[0].Index });
        }),
        ["indexes that an older backup forgot"] = (Invariant.Credentials, async damage =>
            await damage.ChangeAsync(StatusListDocuments.Kind, (await damage.FirstAsync(CredentialStatusDocuments.Kind)).List.Value, list => list with { Leased = 0 })),
        ["an entry rewritten"] = (Invariant.Ledger, async damage =>
            await damage.ChangeAsync(LedgerDocuments.Kind, (await damage.FirstAsync(LedgerDocuments.Kind)).Id, entry => entry with { Facts = entry.Facts with { Attempt = 9 } })),
        ["an entry lost"] = (Invariant.Ledger, async damage => await damage.RemoveAsync(LedgerDocuments.Kind, (await damage.AllAsync(LedgerDocuments.Kind)).First(entry => entry.Sequence == 2).Id)),
        ["the first entry of a chain lost"] = (Invariant.Ledger, async damage => await damage.RemoveAsync(LedgerDocuments.Kind, (await damage.AllAsync(LedgerDocuments.Kind)).First(entry => entry.Sequence == 1).Id)),
        ["a sheet that says less than the ledger"] = (Invariant.Ledger, async damage =>
        {
            var sheet = await damage.FirstAsync(BadgeSheetDocuments.Kind);
            await damage.ChangeAsync(BadgeSheetDocuments.Kind, BadgeSheet.IdOf(sheet.RecordKeeper, sheet.Learner, sheet.Badge), whole => whole with { Facts = whole.Facts[1..] });
        }),
        ["a badge with another level"] = (Invariant.Agreement, async damage =>
            await damage.ChangeAsync(AwardDocuments.Kind, (await damage.IssuedAsync()).Id.Value, award => award with { Levels = [award.Levels[0] with { Level = "another" }, .. award.Levels[1..]] })),
        ["other proof in what is signed"] = (Invariant.Agreement, async damage =>
            await damage.ChangeAsync(IssuanceIntentDocuments.Kind, (await damage.IssuedAsync()).Credential.Value, intent => intent with { Payload = intent.Payload.Replace("\"evidence\"", "\"evidences\"", StringComparison.Ordinal) })),
        ["another signature than what was recorded"] = (Invariant.Agreement, async damage =>
        {
            var all = await damage.AllAsync(SignedCredentialDocuments.Kind);
            var issued = (await damage.IssuedAsync()).Credential;
            await damage.ChangeAsync(SignedCredentialDocuments.Kind, issued.Value, signed => signed with { Forms = all.First(other => other.Credential != issued && other.Forms.Length == signed.Forms.Length).Forms });
        }),
        ["a file lost"] = (Invariant.Files, damage => damage.FileAsync(File.Delete)),
        ["a file changed"] = (Invariant.Files, damage => damage.FileAsync(path => File.AppendAllText(path, "x"))),
        ["a record sent without a row"] = (Invariant.Disclosures, async damage =>
        {
            var award = await damage.IssuedAsync();
            var transfer = new Transfer(TransferId.From(NewId.Random()), award.Organization, new(null, "Elsewhere High"), award.Learner, award.AwardedAt, DisclosureBasis.Enrollment, "A student") { Learner = award.Learner, State = TransferState.Received };
            await damage.CommitAsync(new Changes().Add(TransferDocuments.Kind, transfer));
        }),
        ["a live badge whose status is revoked"] = (Invariant.Statuses, async damage => await damage.MarkAsync((status, mark) => status with { Revoked = mark })),
        ["a suspension that the public list hides"] = (Invariant.Statuses, async damage =>
        {
            await damage.MarkAsync((status, mark) => status with { Suspended = mark });
            await damage.PublishAsync(_ => { });
        }),
        ["a public list that marks a good badge"] = (Invariant.Statuses, damage => damage.PublishAsync(bits => bits[7] = 1)),
        ["a suspension without a reason"] = (Invariant.Acts, async damage => await damage.MarkAsync((status, mark) => status with { Suspended = mark with { Reason = " " } })),
        ["a scale snapshot lost"] = (Invariant.Snapshots, async damage => await damage.RemoveAsync(ScaleSnapshotDocuments.Kind, (await damage.FirstAsync(LedgerDocuments.Kind)).Facts.Scale.Digest.Hex)),
        ["a statement rewritten"] = (Invariant.Snapshots, async damage =>
            await damage.ChangeAsync(CompetencyTextDocuments.Kind, (await damage.FirstAsync(CompetencyTextDocuments.Kind)).Digest.Hex, text => text with { Statement = "Something else" })),
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-check-");

    public static TheoryData<string> Damages => [.. damages.Keys];

    private string Data => Path.Combine(folder.FullName, "data");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task The_check_finds(string damage)
    {
        demo.CopyTo(Data);

        // By then every message of the copy is due, and none is leased any more.
        var later = new TestClock();
        later.Advance(TimeSpan.FromHours(1));
        using (var store = SqliteStore.Open(Data, AllDocumentKinds.OfCore, later, default))
        {
            await damages[damage].Do(new(store, Data));
        }

        var found = (await CheckAsync()).Found;

        Assert.Contains(damages[damage].Broken, found.Select(broken => broken.Invariant));
    }

    [Fact]
    public async Task A_sound_store_holds_in_everything_and_the_command_says_so()
    {
        demo.CopyTo(Data);
        var report = await CheckAsync();
        Assert.Empty(report.Found);
        Assert.True(report is { Documents: > 1000, Files: > 0, LedgerEntries: > 50, Credentials: > 10 }, report.ToString());

        var holds = await ProgramInside.RunAsync("check", "--data", Data, "--base-url", demo.BaseUrl);
        Assert.Equal(0, holds.ExitCode);
        Assert.Equal(Enum.GetValues<Invariant>().Length, holds.Output.Split('\n').Count(line => line.TrimEnd().EndsWith(": holds", StringComparison.Ordinal)));

        var lost = Directory.EnumerateFiles(Path.Combine(Data, "files"), "*", SearchOption.AllDirectories).First();
        await File.AppendAllTextAsync(lost, "x");
        var broken = await ProgramInside.RunAsync("check", "--data", Data, "--base-url", demo.BaseUrl);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains(Path.GetFileName(lost), broken.Output, StringComparison.Ordinal);
    }

    private async Task<CheckReport> CheckAsync()
    {
        using var store = SqliteStore.Open(Data, AllDocumentKinds.OfCore, TimeProvider.System, default);
        return await new StoreCheck(store, store, FolderFileStore.Open(Path.Combine(Data, "files"))).RunAsync(default);
    }

    private sealed class Damage(SqliteStore store, string data)
    {
        public async Task<IReadOnlyList<T>> AllAsync<T>(DocumentKind<T> kind)
            where T : class
        {
            await using var view = await store.ViewAsync(default);
            return [.. (await view.DocumentsAsync(kind, null, 5_000, default)).Select(stored => (T)kind.Read(stored.Json, stored.BodyVersion))];
        }

        public async Task<T> FirstAsync<T>(DocumentKind<T> kind)
            where T : class => (await AllAsync(kind))[0];

        // The one that the fixture earned, with a file.
        public async Task<Award> IssuedAsync() => (await AllAsync(AwardDocuments.Kind)).Last(award => award.State == AwardState.Issued);

        public Task CommitAsync(Changes changes) => store.CommitAsync(changes, default);

        public async Task RemoveAsync<T>(DocumentKind<T> kind, string id)
            where T : class => await CommitAsync(new Changes().Remove(kind, (await store.FindAsync(kind, id, default))!));

        public async Task ChangeAsync<T>(DocumentKind<T> kind, string id, Func<T, T> change)
            where T : class
        {
            var read = (await store.FindAsync(kind, id, default))!;
            await CommitAsync(new Changes().Replace(kind, read, change(read.Document)));
        }

        public async Task ChangeWorkAsync(Func<Attempt, Attempt> change) =>
            await ChangeAsync(SubmissionDocuments.Kind, (await IssuedAsync()).Submission.Value, work => work with { Attempts = [.. work.Attempts[..^1], change(work.Attempts[^1])] });

        public async Task MarkAsync(Func<CredentialStatus, StatusMark, CredentialStatus> change)
        {
            var award = await IssuedAsync();
            await ChangeAsync(CredentialStatusDocuments.Kind, award.Credential.Value, status => change(status, new(award.AwardedAt, award.Learner, "A reason")));
        }

        public async Task PublishAsync(Action<BitstringStatusList> change)
        {
            var award = await IssuedAsync();
            var status = (await store.FindAsync(CredentialStatusDocuments.Kind, award.Credential.Value, default))!.Document;
            var bits = BitstringStatusList.Create(StatusList.Size, 1);
            change(bits);
            var published = new PublishedStatusList(status.List, StatusPurpose.Suspension, status.Organization, bits.Encode(), [], award.AwardedAt, award.AwardedAt, award.AwardedAt);
            var changes = new Changes();
            if (await store.FindAsync(PublishedStatusListDocuments.Kind, PublishedStatusListDocuments.IdOf(status.List, StatusPurpose.Suspension), default) is { } there)
            {
                changes.Replace(PublishedStatusListDocuments.Kind, there, published);
            }
            else
            {
                changes.Add(PublishedStatusListDocuments.Kind, published);
            }

            await CommitAsync(changes);

            // Nobody is about to publish it.
            foreach (var message in await store.LeaseAsync([IssuingTopics.StatusList], 1_000, TimeSpan.FromMinutes(1), default))
            {
                await store.CompleteAsync(message, default);
            }

            await using var view = await store.ViewAsync(default);
            Assert.DoesNotContain(status.List.Value, (await view.MessagesAsync(null, 1_000, default)).Select(message => message.Subject));
        }

        public async Task FileAsync(Action<string> change)
        {
            var work = (await store.FindAsync(SubmissionDocuments.Kind, (await IssuedAsync()).Submission.Value, default))!.Document;
            var digest = work.AllItems.First(item => item.FileName is not null).Digest.Hex;
            change(Path.Combine(data, "files", digest[..2], digest[2..4], digest));
        }

        public void Overwrite<T>(DocumentKind<T> kind, string id, T document)
            where T : class => StoredBytes.Replace(data, kind, id, kind.Write(document));

        public void Overwrite(DocumentKind kind, string id, string json) => StoredBytes.Replace(data, kind, id, Encoding.UTF8.GetBytes(json));
    }
}
