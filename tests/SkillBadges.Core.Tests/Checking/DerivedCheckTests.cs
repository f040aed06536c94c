using SkillBadges.Core.Checking;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Issuing;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Core.Tests.Checking;

/// <summary>A stack's award is held against what was to be signed, what was signed and its status, in each of its states.</summary>
public sealed class DerivedCheckTests : IDisposable
{
    private readonly IssuingWorld world = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-derived-");

    public void Dispose()
    {
        world.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_in_step_in_any_state_is_sound()
    {
        await world.Store.CommitAsync(new Changes().Add(PersonDocuments.Kind, Person.Named(PersonId.From("registrar"), "A registrar")), default);
        await RecordedAsync("signing");
        await EndAsync(await RecordedAsync("cancelled"));
        await EndAsync(await SignedAsync("revoked"));
        await SignedAsync("issued");
        var replaced = await SignedAsync("replaced");
        await ChangeAsync(DerivedDocuments.Kind, replaced, one => one with { State = DerivedState.Replaced });
        Assert.Empty(await FoundAsync());
    }

    [Fact]
    public async Task An_award_that_nothing_was_to_be_signed_for_is_found()
    {
        var derived = await SignedAsync("a");
        await RemoveAsync(IssuanceIntentDocuments.Kind, derived);
        Assert.Contains((Invariant.Credentials, derived), await FoundAsync());
    }

    [Fact]
    public async Task An_intent_that_is_open_while_the_award_is_issued_is_found()
    {
        var derived = await SignedAsync("a");
        await ChangeAsync(IssuanceIntentDocuments.Kind, derived, intent => intent with { State = IntentState.Open });
        Assert.Contains((Invariant.Credentials, derived), await FoundAsync());
    }

    [Fact]
    public async Task An_award_that_is_still_being_signed_although_its_intent_is_completed_is_found()
    {
        var derived = await SignedAsync("a");
        await ChangeAsync(DerivedDocuments.Kind, derived, one => one with { State = DerivedState.Signing });
        Assert.Contains((Invariant.Credentials, derived), await FoundAsync());
    }

    [Fact]
    public async Task An_award_taken_back_whose_public_status_is_good_is_found()
    {
        var derived = await SignedAsync("a");
        await ChangeAsync(DerivedDocuments.Kind, derived, one => one with { State = DerivedState.Revoked });
        Assert.Contains((Invariant.Statuses, derived), await FoundAsync());
    }

    [Fact]
    public async Task An_intent_without_its_award_is_found()
    {
        var derived = await RecordedAsync("a");
        await RemoveAsync(DerivedDocuments.Kind, derived);
        Assert.Contains((Invariant.Credentials, derived), await FoundAsync());
    }

    [Fact]
    public async Task Another_signature_than_what_was_recorded_is_found()
    {
        var (derived, other) = (await SignedAsync("a"), await SignedAsync("b"));
        var forms = (await world.GetAsync(SignedCredentialDocuments.Kind, other.Value)).Forms;
        await ChangeAsync(SignedCredentialDocuments.Kind, derived, signed => signed with { Forms = forms });
        Assert.Contains((Invariant.Agreement, derived), await FoundAsync());
    }

    private async Task<CredentialId> RecordedAsync(string subject) => await world.Node.Commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var issuance = new DerivedIssuance(world.Store, world.Node.Indexes, Requests.Address, world.Clock);
            var achievement = new Achievement { Id = "http://localhost:5080/achievements/stacks/both/1", Name = subject, Description = "Both.", Criteria = new() { Narrative = "Both." }, AchievementType = "MicroCredential" };
            var derived = await issuance.PrepareAsync(new(world.School, PersonId.From("learner"), DerivedKind.Stack, subject, "both@1", achievement, [], [], Requests.Noon), changes, token);
            return new Outcome<CredentialId>(changes, derived.Credential, derived.Credential.Value);
        },
        default);

    private async Task<CredentialId> SignedAsync(string subject)
    {
        var derived = await RecordedAsync(subject);
        Assert.True(await world.Node.Finisher.FinishAnyAsync(derived, default));
        return derived;
    }

    private async Task EndAsync(CredentialId derived) => await world.Node.Commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var read = await world.Store.GetAsync(DerivedDocuments.Kind, derived.Value, "award", token);
            await new DerivedStanding(world.Store).EndAsync(read, new(world.Clock.GetUtcNow(), PersonId.From("registrar"), "A reason."), changes, token);
            return new Outcome<bool>(changes, true, derived.Value);
        },
        default);

    private async Task ChangeAsync<T>(DocumentKind<T> kind, CredentialId id, Func<T, T> change)
        where T : class
    {
        var read = await world.Store.GetAsync(kind, id.Value, "thing", default);
        await world.Store.CommitAsync(new Changes().Replace(kind, read, change(read.Document)), default);
    }

    private async Task RemoveAsync<T>(DocumentKind<T> kind, CredentialId id)
        where T : class => await world.Store.CommitAsync(new Changes().Remove(kind, await world.Store.GetAsync(kind, id.Value, "thing", default)), default);

    private async Task<IReadOnlyList<(Invariant, CredentialId)>> FoundAsync()
    {
        var report = await new StoreCheck(world.Store, world.Store, FolderFileStore.Open(folder.FullName)).RunAsync(default);
        return [.. report.Found.Select(broken => (broken.Invariant, CredentialId.From(broken.Document.Split(' ')[1])))];
    }
}
