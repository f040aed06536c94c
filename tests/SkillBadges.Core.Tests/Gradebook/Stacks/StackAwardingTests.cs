using System.Text;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Issuing;

namespace SkillBadges.Core.Tests.Gradebook.Stacks;

public sealed class StackAwardingTests : IDisposable
{
    private static readonly PersonId learner = PersonId.From("learner-1");

    private readonly IssuingWorld world = new();

    private OrganizationId School => world.School.Id;

    private StackAwarding Awarding => On(world.Node);

    private StackFollowing Following => new(world.Node.Commits, new(world.Store), world.Clock);

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task The_last_badge_makes_the_award_of_the_stack_with_the_badges_as_its_evidence()
    {
        await PublishAsync(StackCounting.Earned);
        var first = await EarnAsync("one");
        await Awarding.BringUpToDateAsync(learner, School, default);
        Assert.Empty(await HeldAsync());

        var second = await EarnAsync("two");
        await Awarding.BringUpToDateAsync(learner, School, default);
        var derived = Assert.Single(await HeldAsync());
        Assert.Equal<CredentialId>([first.Credential, second.Credential], derived.RestsOn);
        Assert.True(await world.Node.Finisher.FinishAnyAsync(derived.Credential, default));
        var signed = await world.GetAsync(SignedCredentialDocuments.Kind, derived.Credential.Value);
        Assert.Equal(3, signed.Forms.Length);
        using var json = JsonDocument.Parse(signed.Form(SignedForm.EddsaRdfc2022)!.Text);
        Assert.Equal(
            [Requests.Address.Credential(first.Credential), Requests.Address.Credential(second.Credential)],
            json.RootElement.GetProperty("evidence").EnumerateArray().Select(evidence => evidence.GetProperty("id").GetString()!));
        Assert.Equal("http://localhost:5080/achievements/stacks/both/1", json.RootElement.GetProperty("credentialSubject").GetProperty("achievement").GetProperty("id").GetString());
        Assert.DoesNotContain(learner.Value, json.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(await NoticesAsync(), notice => notice.Kind == NoticeKind.StackEarned && notice.About == derived.Credential.Value);
    }

    [Fact]
    public async Task Twenty_who_look_at_once_on_two_nodes_and_again_after_a_crash_make_one_award()
    {
        await PublishAsync(StackCounting.Earned);
        await EarnAsync("one");
        await EarnAsync("two");
        using (var other = world.SecondNode())
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => On(i % 2 == 0 ? world.Node : other).BringUpToDateAsync(learner, School, default))));
        }

        var derived = Assert.Single(await HeldAsync());
        world.Restart();
        await Awarding.BringUpToDateAsync(learner, School, default);
        world.Clock.Advance(IssuanceFinisher.Patience + TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await world.Node.Finisher.FinishOpenAsync(default)).Settled);
        Assert.Equal(0, (await world.Node.Finisher.FinishOpenAsync(default)).Settled);
        await Awarding.BringUpToDateAsync(learner, School, default);
        Assert.Equal((derived.Credential, DerivedState.Issued), Assert.Single((await HeldAsync()).Select(one => (one.Credential, one.State))));
    }

    [Fact]
    public async Task Signing_a_badge_that_leads_to_a_stack_sends_somebody_to_look_and_any_other_does_not()
    {
        await EarnAsync("one");
        Assert.Empty(await SentAsync());
        await PublishAsync(StackCounting.Earned);
        await EarnAsync("two");
        var sent = Assert.Single(await SentAsync());
        Assert.Equal((learner, School), LearnerPseudonymDocuments.PairOf(sent));
    }

    [Fact]
    public async Task A_stack_that_says_nothing_of_an_award_has_none()
    {
        await PublishAsync(null);
        await EarnAsync("one");
        await EarnAsync("two");
        await Awarding.BringUpToDateAsync(learner, School, default);
        Assert.Empty(await HeldAsync());
    }

    [Fact]
    public async Task It_falls_with_a_badge_that_is_taken_back_is_told_and_comes_again_with_the_badge()
    {
        await PublishAsync(StackCounting.Earned);
        var first = await EarnAsync("one");
        await EarnAsync("two");
        await Awarding.BringUpToDateAsync(learner, School, default);
        var derived = await SignedAsync();

        await world.EndAsync(first.Id);
        await Following.FollowAsync(first.Credential, default);
        await Following.FollowAsync(first.Credential, default);
        await Awarding.FollowAsync(first.Credential, default);
        Assert.Equal(DerivedState.Revoked, (await world.GetAsync(DerivedDocuments.Kind, derived.Credential.Value)).State);
        var status = await world.GetAsync(CredentialStatusDocuments.Kind, derived.Credential.Value);
        Assert.Equal("teacher", status.Revoked?.By.Value);
        Assert.Single(await NoticesAsync(), notice => notice.Kind == NoticeKind.BadgeTakenBack && notice.About == derived.Credential.Value);
        Assert.Contains(derived.Credential.Value, await TopicsAsync(IssuingTopics.StatusChanged));

        await EarnAsync("one", attempt: 2);
        await Awarding.BringUpToDateAsync(learner, School, default);
        Assert.Equal([DerivedState.Revoked, DerivedState.Signing], (await HeldAsync()).Select(one => one.State));
    }

    [Fact]
    public async Task Taken_back_before_it_was_signed_it_never_is()
    {
        await PublishAsync(StackCounting.Earned);
        var first = await EarnAsync("one");
        await EarnAsync("two");
        await Awarding.BringUpToDateAsync(learner, School, default);
        var derived = Assert.Single(await HeldAsync());
        await world.EndAsync(first.Id);
        await Following.FollowLearnerAsync(learner, School, default);
        Assert.True(await world.Node.Finisher.FinishAnyAsync(derived.Credential, default));
        Assert.Null(await world.Store.FindAsync(SignedCredentialDocuments.Kind, derived.Credential.Value, default));
    }

    [Fact]
    public async Task It_rests_while_a_badge_is_on_hold_and_a_badge_on_hold_completes_nothing()
    {
        await PublishAsync(StackCounting.Earned);
        var registrar = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        var first = await EarnAsync("one");
        await EarnAsync("two");
        await Awarding.BringUpToDateAsync(learner, School, default);
        var derived = await SignedAsync();
        await world.Node.Statuses.SuspendAsync(registrar, first.Id, "A question.", null, default);
        await Following.FollowAsync(first.Credential, default);
        Assert.False((await world.GetAsync(CredentialStatusDocuments.Kind, derived.Credential.Value)).IsGood);
        await world.Node.Statuses.ReinstateAsync(registrar, first.Id, "Answered.", null, default);
        await Following.FollowAsync(first.Credential, default);
        Assert.True((await world.GetAsync(CredentialStatusDocuments.Kind, derived.Credential.Value)).IsGood);

        var other = PersonId.From("learner-2");
        var held = await EarnAsync("one", learner: other);
        await EarnAsync("two", learner: other);
        await world.Node.Statuses.SuspendAsync(registrar, held.Id, "A question.", null, default);
        await Awarding.BringUpToDateAsync(other, School, default);
        Assert.Empty(await HeldAsync(other));
        await world.Node.Statuses.ReinstateAsync(registrar, held.Id, "Answered.", null, default);
        await Awarding.FollowAsync(held.Credential, default);
        Assert.Single(await HeldAsync(other));
    }

    [Fact]
    public async Task A_recognized_badge_counts_where_the_stack_says_so_and_the_award_falls_with_it()
    {
        await PublishAsync(StackCounting.Recognized);
        await EarnAsync("one");
        await EarnAsync("two", learner: PersonId.From("somebody"));
        var badge = Requests.Approved().Badge;
        var source = new BroughtBadge(SourceKind.Credential, "key", "did:web:elsewhere.example", "Elsewhere", "urn:uuid:1", Sha256Digest.Of("x"u8), "Two", Requests.Noon);
        var brought = new RecognitionCase(RecognitionId.From("case"), School, learner, source, PersonId.From("registrar"), Requests.Noon)
            .Recognize(new("two", 1), [.. badge.Competencies.Select(skill => new SkillFinding(skill.Id, skill.Name, SkillMatch.Person, null, "proficient", null, null, null, null, []))], "Seen.", PersonId.From("registrar"), Requests.Noon);
        await world.Store.CommitAsync(new Changes().Add(RecognitionDocuments.Kind, brought), default);
        await Awarding.BringUpToDateAsync(learner, School, default);
        var derived = await SignedAsync();
        Assert.Equal<string>(["case"], derived.Recognitions);
        var text = Encoding.UTF8.GetString((await world.GetAsync(IssuanceIntentDocuments.Kind, derived.Credential.Value)).Recorded.Bytes.Span);
        Assert.Contains("Elsewhere", text, StringComparison.Ordinal);
        Assert.DoesNotContain("urn:uuid:1\"", text, StringComparison.Ordinal);

        var read = await world.Store.GetAsync(RecognitionDocuments.Kind, "case", "case", default);
        await world.Store.CommitAsync(new Changes().Replace(RecognitionDocuments.Kind, read, read.Document.Follow(RecognitionState.Fallen, Requests.Noon)), default);
        await Following.FollowLearnerAsync(learner, School, default);
        Assert.Equal("registrar", (await world.GetAsync(CredentialStatusDocuments.Kind, derived.Credential.Value)).Revoked?.By.Value);
    }

    [Fact]
    public async Task A_badge_earned_anew_makes_the_award_good_for_longer()
    {
        await PublishAsync(StackCounting.Earned);
        await EarnAsync("one");
        await EarnAsync("two");
        await Awarding.BringUpToDateAsync(learner, School, default);
        var earlier = await SignedAsync();
        await EarnAsync("one", attempt: 2, at: Requests.Noon.AddDays(100));
        await Awarding.BringUpToDateAsync(learner, School, default);
        Assert.Single(await HeldAsync());

        await EarnAsync("two", attempt: 2, at: Requests.Noon.AddDays(100));
        await Awarding.BringUpToDateAsync(learner, School, default);
        var held = await HeldAsync();
        Assert.Equal([DerivedState.Replaced, DerivedState.Signing], held.Select(one => one.State));
        Assert.True(held[1].ValidUntil > earlier.ValidUntil);
        Assert.True((await world.GetAsync(CredentialStatusDocuments.Kind, earlier.Credential.Value)).IsGood);
    }

    [Fact]
    public async Task A_card_that_the_office_saw_may_be_the_last_that_is_missing()
    {
        await PublishAsync(StackCounting.Earned, new RequiredCertificate("cpr", "CPR", "Anybody.", 24));
        var registrar = await world.StaffAsync(world.School, Role.Registrar, "registrar");
        await world.StaffAsync(world.School, Role.Student, learner.Value);
        await EarnAsync("one");
        await EarnAsync("two");
        await Awarding.BringUpToDateAsync(learner, School, default);
        Assert.Empty(await HeldAsync());

        var office = new StackCertificateWorkflow(world.Node.Commits, new(world.Store, world.Clock), world.Clock);
        var card = new CertificateCard("both", "cpr", "A national organization", DateOnly.FromDateTime(Requests.Noon.UtcDateTime), null);
        await RefusedAsync("role.missing", () => office.RecordAsync(new(PersonId.From("teacher")), learner, School, card, default));
        await RefusedAsync("stack.certificate", () => office.RecordAsync(registrar, learner, School, card with { Certificate = "first-aid" }, default));
        await RefusedAsync("stack.certificate", () => office.RecordAsync(registrar, learner, School, card with { IssuedOn = card.IssuedOn.AddDays(2) }, default));
        await RefusedAsync("learner.not-found", () => office.RecordAsync(registrar, PersonId.From("nobody"), School, card, default));
        await office.RecordAsync(registrar, learner, School, card, default);
        Assert.Contains(LearnerPseudonymDocuments.IdOf(learner, School), await SentAsync());
        await Awarding.BringUpToDateAsync(learner, School, default);
        Assert.Single(await HeldAsync());
    }

    [Fact]
    public async Task Records_that_are_joined_complete_a_stack_once_and_taken_apart_they_let_it_fall_in_the_name_of_who_did_it()
    {
        await PublishAsync(StackCounting.Earned);
        var (other, registrar) = await TwoRostersAsync();
        await EarnAsync("one");
        await EarnAsync("two", learner: other);
        await JoinAsync(registrar, other);
        Assert.Equal([learner.Value, other.Value], (await TopicsAsync(RecognitionDocuments.Topic)).Order(StringComparer.Ordinal));
        await Task.WhenAll(Awarding.LookAgainAsync(learner, default), Awarding.LookAgainAsync(other, default));
        var held = Assert.Single((IEnumerable<DerivedCredential>)[.. await HeldAsync(learner), .. await HeldAsync(other)]);
        await world.Node.Finisher.FinishAnyAsync(held.Credential, default);
        await Following.LookAgainAsync(held.Learner, default);
        Assert.True((await world.GetAsync(CredentialStatusDocuments.Kind, held.Credential.Value)).IsGood);

        await SplitAsync(registrar, other);
        await Following.LookAgainAsync(learner, default);
        await Following.LookAgainAsync(other, default);
        Assert.Equal(DerivedState.Revoked, (await world.GetAsync(DerivedDocuments.Kind, held.Credential.Value)).State);
        Assert.Equal(registrar.Person, (await world.GetAsync(CredentialStatusDocuments.Kind, held.Credential.Value)).Revoked?.By);
        await Awarding.LookAgainAsync(learner, default);
        await Awarding.LookAgainAsync(other, default);
        Assert.DoesNotContain(await HeldAsync(learner), one => one.IsLive);
        Assert.DoesNotContain(await HeldAsync(other), one => one.IsLive);
    }

    [Fact]
    public async Task A_split_that_takes_away_no_part_of_a_stack_lets_it_stand_and_one_that_takes_a_card_does_not()
    {
        await PublishAsync(StackCounting.Earned, new RequiredCertificate("cpr", "CPR", "Anybody.", 24));
        var (other, registrar) = await TwoRostersAsync();
        await EarnAsync("one");
        await EarnAsync("two");
        await EarnAsync("two", learner: other);
        await CardOfAsync(other);
        await JoinAsync(registrar, other);
        await Awarding.LookAgainAsync(learner, default);
        var derived = await SignedAsync();
        Assert.Single(derived.Certificates);

        await CardOfAsync(learner);
        await SplitAsync(registrar, other);
        await Following.LookAgainAsync(learner, default);
        Assert.Equal(DerivedState.Revoked, (await world.GetAsync(DerivedDocuments.Kind, derived.Credential.Value)).State);

        await Awarding.LookAgainAsync(learner, default);
        var own = await SignedAsync();
        await Following.LookAgainAsync(learner, default);
        Assert.True((await world.GetAsync(DerivedDocuments.Kind, own.Credential.Value)).IsLive);
    }

    private async Task<(PersonId Other, Actor Registrar)> TwoRostersAsync()
    {
        var (other, changes) = (PersonId.From("learner-2"), new Changes());
        foreach (var person in (PersonId[])[learner, other])
        {
            changes.Add(PersonDocuments.Kind, Person.Named(person, "A student"));
            await world.StaffAsync(world.School, Role.Student, person.Value);
        }

        await world.Store.CommitAsync(changes, default);
        return (other, await world.StaffAsync(world.School, Role.Registrar, "registrar"));
    }

    private async Task JoinAsync(Actor registrar, PersonId other)
    {
        var joins = new JoinWorkflow(world.Node.Commits, new(world.Store, world.Clock), world.Clock);
        await joins.JoinByCodeAsync(registrar, School, learner, await joins.IssueCodeAsync(new(other), default), null, default);
    }

    private Task SplitAsync(Actor registrar, PersonId other) =>
        new SplitWorkflow(world.Node.Commits, new(world.Store, world.Clock), world.Clock).SplitAsync(registrar, School, other, "Two students of one name.", null, default);

    private Task CardOfAsync(PersonId of) => world.Store.CommitAsync(
        new Changes().Add(StackCertificateDocuments.Kind, new(of, School, "both", "cpr", "A national organization", DateOnly.FromDateTime(Requests.Noon.UtcDateTime), null, PersonId.From("registrar"), Requests.Noon)), default);

    private static async Task RefusedAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(act)).Code);

    private StackAwarding On(IssuingNode node) => new(node.Commits, new(node.Store, node.Indexes, Requests.Address, world.Clock), Requests.Address, world.Clock);

    private async Task PublishAsync(StackCounting? counting, params RequiredCertificate[] certificates)
    {
        var stack = (Stacks.Of("both", counting, "one", "two") with { Certificates = [.. certificates] }).Publish(1);
        await world.Store.CommitAsync(new Changes().Add(StackDocuments.Versions, stack).Add(StackDocuments.Heads, StackHead.Of(stack)), default);
    }

    private async Task<Award> EarnAsync(string slug, int attempt = 1, PersonId? learner = null, DateTimeOffset? at = null)
    {
        var request = Requests.Approved((learner ?? StackAwardingTests.learner).Value, attempt: attempt);
        var badge = (request.Badge with { Slug = slug }).Publish(1);
        if (await world.Store.FindAsync(DefinitionDocuments.Versions, badge.Id.ToString(), default) is null)
        {
            await world.Store.CommitAsync(new Changes().Add(DefinitionDocuments.Versions, badge).Add(DefinitionDocuments.Heads, BadgeHead.Of(badge)), default);
        }

        return await world.IssueAsync(request with { Badge = badge, DecidedAt = at ?? request.DecidedAt, SubmissionId = new($"submission-{slug}-{attempt}-{learner}") });
    }

    private async Task<DerivedCredential> SignedAsync()
    {
        var derived = (await HeldAsync()).Single(one => one.State == DerivedState.Signing);
        await world.Node.Finisher.FinishAnyAsync(derived.Credential, default);
        return await world.GetAsync(DerivedDocuments.Kind, derived.Credential.Value);
    }

    private async Task<IReadOnlyList<DerivedCredential>> HeldAsync(PersonId? of = null) =>
        [.. (await world.Store.QueryAsync(DerivedDocuments.Kind, DerivedDocuments.ByLearner.Where((of ?? learner).Value), default)).Documents.OrderBy(one => one.State == DerivedState.Signing)];

    private async Task<IReadOnlyList<Notice>> NoticesAsync() => [.. (await world.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(learner.Value), default)).Documents];

    private Task<IReadOnlyList<string>> SentAsync() => TopicsAsync(IssuingTopics.Stacks);

    private async Task<IReadOnlyList<string>> TopicsAsync(string topic) =>
        [.. (await world.Store.LeaseAsync([topic], 500, TimeSpan.FromMinutes(1), default)).Select(leased => leased.Message.Subject).Distinct()];
}
