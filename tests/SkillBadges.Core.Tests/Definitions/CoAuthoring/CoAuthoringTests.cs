using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

public sealed class CoAuthoringTests : IAsyncLifetime
{
    private Table table = null!;

    public async Task InitializeAsync() => table = await Table.OpenAsync();

    public Task DisposeAsync()
    {
        table.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_three_sides_signed_becomes_a_version_with_their_sign_offs_kept()
    {
        await table.StartAsync();
        await table.SignAllAsync();
        var provenance = await table.PublishAsync();

        var version = await table.Store.CurrentVersionAsync(Drafts.Slug, default);
        Assert.Equal((1, provenance.ContentHash), (version.Version, version.ContentHash));
        Assert.Equal(["college", "guild", "school"], provenance.SignOffs.Select(signOff => signOff.Organization.Value).Order());
        Assert.All(provenance.SignOffs, signOff => Assert.Equal(version.ContentHash, signOff.ContentHash));
        Assert.Null(provenance.PatchOf);
    }

    [Fact]
    public async Task Nobody_signs_one_content_for_two_sides()
    {
        await table.StartAsync();
        await table.SignOffs.SignAsync(table.Principal, Drafts.Slug, null, 1, null, null, default);
        var now = table.Clock.Now();
        await table.Store.CommitAsync(new Changes().Add(MembershipDocuments.Kind, new(MembershipId.New(now), table.Principal.Person, table.College, Role.OrganizationAdmin, now)), default);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => table.SignOffs.SignAsync(table.Principal, Drafts.Slug, table.College, 1, null, null, default));
        Assert.Equal("sign-off.same-person", refusal.Code);

        await table.SignOffs.SignAsync(table.Dean, Drafts.Slug, null, 1, null, null, default);
        await table.SignOffs.SignAsync(table.Master, Drafts.Slug, null, 1, null, null, default);
        await table.PublishAsync();
    }

    [Fact]
    public async Task Publishing_is_refused_while_a_side_is_missing_and_says_which()
    {
        await table.StartAsync();
        await table.SignOffs.SignAsync(table.Principal, Drafts.Slug, null, 1, null, null, default);
        await table.SignOffs.SignAsync(table.Dean, Drafts.Slug, null, 1, null, null, default);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => table.PublishAsync());
        Assert.Equal("definition.sign-off-missing", refusal.Code);
        Assert.Contains("one industry body or employer", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("college", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"name\": \"Bench Work\",", "\"name\": \"Bench Work\", \"name\": \"Twice\",")]
    [InlineData("\"id\": \"filing\",", "\"id\": \"filing\", \"id\": \"drilling\",")]
    [InlineData("Files a block", "Files \\ud800 a block")]
    [InlineData("\"tags\":", "\"\\udc00\": 1, \"tags\":")]
    public async Task Content_that_says_a_thing_twice_or_in_half_a_character_is_no_content_to_work_on(string old, string now)
    {
        var text = BadgeFiles.WithTranslation(Drafts.Bench()).Replace(old, now, StringComparison.Ordinal);
        Assert.Equal("definition.not-readable", await Refusal.CodeOf(() => table.Drafting.StartAsync(table.Teacher, table.School, Drafts.Slug, text, null, null, default)));

        await table.StartAsync();
        Assert.Equal("definition.not-readable", await Refusal.CodeOf(() => table.Proposals.ProposeAsync(table.Teacher, Drafts.Slug, new(1, text, "Better so.", false, null), null, default)));
    }

    [Theory]
    [InlineData("Files a block flat and square to a drawing.", "Files a block flat to a drawing.")]
    [InlineData("Flat and square within 1/64 inch.", "Flat and square within 1/32 inch.")]
    [InlineData("\"Make the part.\"", "\"Make the part twice.\"")]
    [InlineData("\"requiredLevel\": \"developing\"", "\"requiredLevel\": \"advanced\"")]
    [InlineData("\"recencyMonths\": 24", "\"recencyMonths\": 36")]
    public async Task An_edit_makes_earlier_sign_offs_stale(string old, string now)
    {
        await table.StartAsync();
        await table.SignAllAsync();
        var draft = await table.ReviseAsync(old, now);

        Assert.Empty(draft.Standing);
        Assert.Equal("definition.sign-off-missing", await Refusal.CodeOf(() => table.PublishAsync()));
        await table.SignAllAsync();
        Assert.Equal(1, (await table.PublishAsync()).Version.Version);
    }

    [Fact]
    public async Task A_corrected_spelling_keeps_the_sign_offs_and_says_so_and_what_was_earned_stays_with_its_version()
    {
        await table.StartAsync();
        await table.SignAllAsync();
        await table.PublishAsync();
        var earned = (await table.Store.CurrentVersionAsync(Drafts.Slug, default)).ContentHash;

        await table.ReviseAsync("Files, drills and taps steel", "Files, drils and taps steel", isPatch: true);
        var provenance = await table.PublishAsync();

        Assert.Equal((2, 1, "Better so."), (provenance.Version.Version, provenance.PatchOf, provenance.PatchNote));
        Assert.Equal(3, provenance.SignOffs.Length);
        Assert.All(provenance.SignOffs, signOff => Assert.Equal(earned, signOff.ContentHash));
        Assert.Equal(earned, (await table.Store.VersionAsync(new(Drafts.Slug, 1), default)).ContentHash);
    }

    [Fact]
    public async Task A_translation_keeps_the_sign_offs_of_the_original_and_the_version_says_so()
    {
        await table.StartAsync();
        await table.SignAllAsync();
        await table.PublishAsync();

        await table.ReviseAsync("\"coAuthors\": [{ \"kind\": \"college\" }]", BadgeFiles.WithTranslation("\"coAuthors\": [{ \"kind\": \"college\" }]"), isPatch: true);
        var provenance = await table.PublishAsync();

        Assert.Equal((2, 1, PatchKind.Translation), (provenance.Version.Version, provenance.PatchOf, provenance.PatchKind));
        Assert.Equal(3, provenance.SignOffs.Length);
        Assert.Equal("Trabajo de banco", (await table.Store.CurrentVersionAsync(Drafts.Slug, default)).In("es").Name);
    }

    [Fact]
    public async Task Meaning_does_not_slip_through_as_a_patch_in_one_step_or_in_many()
    {
        await table.StartAsync();
        Assert.Equal("proposal.not-a-patch", await Refusal.CodeOf(() => table.ReviseAsync("Flat and square within", "Flat and squaree within", isPatch: true)));

        // "drawing" to "drowning" by steps that are each spelling: the third is too far from what was agreed on.
        await table.ReviseAsync("taps steel to a drawing", "taps steel to a drowing", isPatch: true);
        await table.ReviseAsync("taps steel to a drowing", "taps steel to a drowning", isPatch: true);
        Assert.Equal("proposal.not-a-patch", await Refusal.CodeOf(() => table.ReviseAsync("taps steel to a drowning", "taps steel to a drowningly", isPatch: true)));
    }

    [Fact]
    public async Task Somebody_of_another_organization_accepts_and_a_reason_rejects()
    {
        await table.StartAsync();
        Task<Read<DraftProposal>> Propose(string now) => table.Proposals.ProposeAsync(
            table.Teacher, Drafts.Slug, new(1, Drafts.Bench().Replace("Make the part.", now, StringComparison.Ordinal), "More.", false, null), null, default);
        var first = await Propose("Make the part twice.");
        var second = await Propose("Make the part three times.");

        Assert.Equal("proposal.own", await Refusal.CodeOf(() => table.Proposals.AcceptAsync(table.Teacher, Drafts.Slug, first.Id, null, default)));
        Assert.Equal("proposal.own", await Refusal.CodeOf(() => table.Proposals.AcceptAsync(table.Principal, Drafts.Slug, first.Id, null, default)));
        Assert.Equal("proposal.reason", await Refusal.CodeOf(() => table.Proposals.RejectAsync(table.Dean, Drafts.Slug, second.Id, " ", null, default)));
        Assert.Equal("definition.not-found", await Refusal.CodeOf(() => table.Proposals.AcceptAsync(table.Outsider, Drafts.Slug, first.Id, null, default)));
        Assert.Equal(2, (await table.Proposals.AcceptAsync(table.Dean, Drafts.Slug, first.Id, null, default)).Document.End!.Revision);
        Assert.Equal("proposal.base-stale", await Refusal.CodeOf(() => table.Proposals.AcceptAsync(table.Dean, Drafts.Slug, second.Id, null, default)));
        Assert.Equal("Too many.", (await table.Proposals.RejectAsync(table.Dean, Drafts.Slug, second.Id, "Too many.", null, default)).Document.End!.Reason);
        Assert.Equal("proposal.settled", await Refusal.CodeOf(() => table.Proposals.AcceptAsync(table.Master, Drafts.Slug, first.Id, null, default)));
        Assert.Equal("definition.revision-stale", await Refusal.CodeOf(() => Propose("Make it.")));
    }

    [Fact]
    public async Task Who_teaches_writes_but_does_not_sign_and_who_is_not_at_the_table_sees_nothing()
    {
        await table.StartAsync();
        Assert.Equal("role.missing", await Refusal.CodeOf(() => table.SignOffs.SignAsync(table.Teacher, Drafts.Slug, null, 1, null, null, default)));
        Assert.Equal("role.missing", await Refusal.CodeOf(() => table.SignOffs.SignAsync(table.Dean, Drafts.Slug, table.School, 1, null, null, default)));
        Assert.Equal("definition.not-found", await Refusal.CodeOf(() => table.SignOffs.SignAsync(table.Outsider, Drafts.Slug, null, 1, null, null, default)));
        Assert.Equal("definition.not-found", await Refusal.CodeOf(() => table.Reading.ReadAsync(table.Outsider, Drafts.Slug, default)));
        Assert.Equal("definition.owner-only", await Refusal.CodeOf(() => table.Publications.PublishAsync(table.Dean, Drafts.Slug, 1, null, default)));
        Assert.Equal("definition.owner-only", await Refusal.CodeOf(() => table.Drafting.AddAsync(table.Dean, Drafts.Slug, table.Forge, null, null, default)));
    }

    [Fact]
    public async Task A_draft_may_be_incomplete_and_then_nobody_signs_it()
    {
        var draft = (await table.Drafting.StartAsync(table.Teacher, table.School, Drafts.Slug, """{ "slug": "bench-work", "name": "Bench Work", "field": "manufacturing" }""", null, null, default)).Document;
        Assert.False(draft.IsComplete);
        var revision = await table.Reading.RevisionAsync(table.Teacher, Drafts.Slug, 1, default);
        Assert.Contains(revision.Content.Faults, fault => fault is { Code: "definition-file.missing-member", Path: "$.criteria" });
        Assert.Equal("definition.incomplete", await Refusal.CodeOf(() => table.SignOffs.SignAsync(table.Principal, Drafts.Slug, null, 1, null, null, default)));

        await table.Drafting.AddAsync(table.Teacher, Drafts.Slug, table.College, null, null, default);
        var proposal = await table.Proposals.ProposeAsync(table.Dean, Drafts.Slug, new(1, Drafts.Bench(), "The whole.", false, null), null, default);
        await table.Proposals.AcceptAsync(table.Teacher, Drafts.Slug, proposal.Id, null, default);
        Assert.True((await table.DraftAsync()).IsComplete);
    }

    [Fact]
    public async Task Comments_name_a_passage_that_is_there_and_can_be_settled()
    {
        await table.StartAsync();
        var comment = await table.Comments.AddAsync(table.Master, Drafts.Slug, null, "competencies/filing/levels/proficient", "Say by which instrument.", null, default);
        Assert.Equal("comment.unknown-passage", await Refusal.CodeOf(() => table.Comments.AddAsync(table.Master, Drafts.Slug, null, "competencies/sawing", "What?", null, default)));
        Assert.Equal(table.Dean.Person, (await table.Comments.SettleAsync(table.Dean, Drafts.Slug, comment.Id, true, default)).Document.Resolved!.By);
        Assert.Null((await table.Comments.SettleAsync(table.Dean, Drafts.Slug, comment.Id, false, default)).Document.Resolved);
        Assert.Equal("definition.not-found", await Refusal.CodeOf(() => table.Comments.SettleAsync(table.Outsider, Drafts.Slug, comment.Id, true, default)));
    }

    [Fact]
    public async Task A_vote_stands_in_for_one_silent_side_and_for_no_second_one()
    {
        await table.StartAsync();
        await table.SignOffs.SignAsync(table.Principal, Drafts.Slug, null, 1, null, null, default);
        CommitteeVoteEntry Vote(SigningParty party) => new("Advisory committee for machining", new(2026, 11, 1), party, ["North College", "Forge Works"], "Moved, seconded and carried: the badge as it stands, seven for, none against.", null);
        await table.SignOffs.RecordVoteAsync(table.Principal, Drafts.Slug, 1, Vote(SigningParty.Industry), null, default);
        await table.SignOffs.RecordVoteAsync(table.Principal, Drafts.Slug, 1, Vote(SigningParty.Postsecondary), null, default);
        Assert.Equal("definition.sign-off-missing", await Refusal.CodeOf(() => table.PublishAsync()));

        await table.SignOffs.SignAsync(table.Dean, Drafts.Slug, null, 1, null, null, default);
        var provenance = await table.PublishAsync();
        Assert.Equal(2, provenance.SignOffs.Length);
        Assert.Equal(2, provenance.Votes.Length);
        Assert.Equal("committee-vote.day", await Refusal.CodeOf(() => table.SignOffs.RecordVoteAsync(table.Principal, Drafts.Slug, 1, Vote(SigningParty.Industry) with { HeldOn = new(2099, 1, 1) }, null, default)));
        Assert.Equal("committee-vote.minutes", await Refusal.CodeOf(() => table.SignOffs.RecordVoteAsync(table.Principal, Drafts.Slug, 1, Vote(SigningParty.Industry) with { Minutes = "Yes." }, null, default)));
    }

    [Fact]
    public async Task A_program_may_ask_for_other_sides()
    {
        var policy = SignOffPolicy.OneOfEach with { Programs = ImmutableDictionary<string, ImmutableArray<PartyNeed>>.Empty.Add("manufacturing", [new(SigningParty.Secondary, 1), new(SigningParty.Industry, 2)]) };
        await table.Store.CommitAsync(new Changes().Add(OrganizationSettingsDocuments.Kind, new(table.School, new() { SignOffs = policy.Checked() })), default);
        await table.StartAsync();
        await table.SignAllAsync();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => table.PublishAsync());
        Assert.Contains("one industry body or employer", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("setting.sign-off-policy", await Refusal.CodeOf(() => Task.FromResult((policy with { Usual = [] }).Checked())));
    }

    [Fact]
    public async Task A_retired_badge_starts_no_new_version_and_names_what_takes_its_place()
    {
        await table.StartAsync();
        await table.SignAllAsync();
        await table.PublishAsync();
        Assert.Equal("role.missing", await Refusal.CodeOf(() => table.Publications.RetireAsync(table.Teacher, Drafts.Slug, "Over.", null, null, default)));
        Assert.Equal("badge.replaced-by", await Refusal.CodeOf(() => table.Publications.RetireAsync(table.Principal, Drafts.Slug, "Over.", "no-such", null, default)));

        var head = await table.Publications.RetireAsync(table.Principal, Drafts.Slug, "Over.", null, null, default);
        Assert.Equal("Over.", head.Retired!.Reason);
        await table.ReviseAsync("Make the part.", "Make the part twice.");
        await table.SignAllAsync();
        Assert.Equal("badge.retired", await Refusal.CodeOf(() => table.PublishAsync()));
        Assert.Equal("badge.retired", await Refusal.CodeOf(() => table.Publications.RetireAsync(table.Principal, Drafts.Slug, "Over.", null, null, default)));
    }

    [Fact]
    public async Task An_import_does_not_go_around_what_was_signed()
    {
        await table.StartAsync();
        await table.SignAllAsync();
        await table.PublishAsync();
        var report = await new DefinitionImportWorkflow(table.Commits, table.Files).ImportAsync(Files(), default);
        Assert.Equal("definition.co-authored", Assert.Single(report.Files.Single(file => file.Outcome == ImportOutcome.Faulty).Faults).Code);
        Assert.Equal(1, (await table.Store.CurrentVersionAsync(Drafts.Slug, default)).Version);
    }

    [Fact]
    public async Task An_import_does_not_go_around_what_is_signed_while_it_runs()
    {
        await table.StartAsync();
        await table.SignAllAsync();
        var store = new InterruptedStore(table.Store);
        store.BeforeNextCommit(() => table.PublishAsync());

        var report = await new DefinitionImportWorkflow(new(store, table.Clock), table.Files).ImportAsync(Files(), default);

        Assert.Equal("definition.co-authored", Assert.Single(report.Files.Single(file => file.Outcome == ImportOutcome.Faulty).Faults).Code);
        Assert.Equal(1, (await table.Store.CurrentVersionAsync(Drafts.Slug, default)).Version);
    }

    [Fact]
    public async Task A_learners_file_never_becomes_a_badges_picture()
    {
        await table.StartAsync();
        var file = await table.Files.PutAsync(new MemoryStream("a photo of somebody"u8.ToArray()), 1000, default);
        var proposal = new NewProposal(1, Drafts.Bench(), "A picture.", false, new(file.Digest, null));
        Assert.Equal("definition.bad-picture", await Refusal.CodeOf(() => table.Proposals.ProposeAsync(table.Teacher, Drafts.Slug, proposal, null, default)));

        var picture = await table.Pictures.PutAsync(table.Teacher, Drafts.Slug, Catalogue.Bytes("welding/smaw-fillet.png"), default);
        Assert.Equal(picture.Png, (await table.Proposals.ProposeAsync(table.Teacher, Drafts.Slug, proposal with { Pictures = picture }, null, default)).Document.Content.Badge.Image.Png);
    }

    // The bench badge as files, with the pictures of another.
    private static List<SourceFile> Files()
    {
        var folder = Catalogue.Folder().Where(file => file.Path.StartsWith("welding/smaw-fillet.", StringComparison.Ordinal)).ToDictionary(file => Path.GetExtension(file.Path));
        return [new("manufacturing/bench-work.json", System.Text.Encoding.UTF8.GetBytes(Drafts.Bench())), new("manufacturing/bench-work.png", folder[".png"].Bytes), new("manufacturing/bench-work.svg", folder[".svg"].Bytes)];
    }
}
