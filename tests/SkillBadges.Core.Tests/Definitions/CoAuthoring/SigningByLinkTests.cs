using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

public sealed class SigningByLinkTests : IAsyncLifetime
{
    private Table table = null!;

    public async Task InitializeAsync()
    {
        table = await Table.OpenAsync();
        await table.StartAsync();
        await table.Drafting.AddAsync(table.Teacher, Drafts.Slug, table.Forge, null, null, default);
    }

    public Task DisposeAsync()
    {
        table.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_link_and_a_code_sign_for_an_organization_without_accounts()
    {
        var (secret, code, _) = await InviteAsync();
        Assert.Equal("North forge", (await table.Links.LookAsync(secret, default)).Organization.Name);
        Assert.Equal("North forge", (await table.Links.LookAsync(secret, default)).Organization.Name);

        var signOff = await table.Links.SignAsync(secret, Answer(code), default);

        Assert.Equal((SignOffMethod.Link, table.Forge, table.School, "Shop lead"), (signOff.Method, signOff.Organization, signOff.InvitedBy, signOff.SignerTitle));
        Assert.Contains((await table.DraftAsync()).Standing, standing => standing.Organization == table.Forge);
        Assert.Equal("signer.gone", await Refusal.CodeOf(() => table.Links.LookAsync(secret, default)));
        Assert.Equal("signer.gone", await Refusal.CodeOf(() => table.Links.SignAsync(secret, Answer(code), default)));
    }

    [Fact]
    public async Task A_wrong_code_signs_nothing_and_ten_close_the_link()
    {
        var (secret, code, id) = await InviteAsync();
        for (var round = 1; round <= SignerInvitation.MaxTries; round++)
        {
            Assert.Equal("signer.wrong-code", await Refusal.CodeOf(() => table.Links.SignAsync(secret, Answer("AAAA-AAAA-AA"), default)));
        }

        Assert.Equal("signer.gone", await Refusal.CodeOf(() => table.Links.SignAsync(secret, Answer(code), default)));
        Assert.Equal(SignerState.Locked, (await InvitationAsync(id)).State);
        Assert.DoesNotContain((await table.DraftAsync()).SignOffs, signOff => signOff.Organization == table.Forge);
    }

    [Fact]
    public async Task The_code_is_taken_as_people_type_it()
    {
        var (secret, code, _) = await InviteAsync();
        Assert.Equal(table.Forge, (await table.Links.SignAsync(secret, Answer($" {code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)}"), default)).Organization);
    }

    [Fact]
    public async Task Neither_secret_nor_code_is_kept_and_the_address_only_until_it_is_settled()
    {
        var (secret, code, id) = await InviteAsync();
        var stored = System.Text.Encoding.UTF8.GetString(CoAuthoringDocuments.Signers.Write(await InvitationAsync(id)));
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(code, stored, StringComparison.Ordinal);
        Assert.Contains("lead@forge.example", stored, StringComparison.Ordinal);

        await table.Signers.RevokeAsync(table.Principal, Drafts.Slug, id, default);
        Assert.Null((await InvitationAsync(id)).Address);
        Assert.Equal("signer.gone", await Refusal.CodeOf(() => table.Links.LookAsync(secret, default)));
    }

    [Fact]
    public async Task Every_letters_link_works_until_one_is_used_or_thirty_days_are_over()
    {
        var (first, code, id) = await InviteAsync();
        var second = (await table.SecretOfLetterAsync(id))!;
        Assert.NotEqual(first, second);
        await table.Links.LookAsync(first, default);
        await table.Links.LookAsync(second, default);

        table.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal("signer.gone", await Refusal.CodeOf(() => table.Links.SignAsync(first, Answer(code), default)));
        Assert.Null(await table.SecretOfLetterAsync(id));
    }

    [Fact]
    public async Task Reminders_are_sent_with_the_invitation()
    {
        var before = await DueAsync();
        await table.Signers.InviteAsync(table.Principal, Drafts.Slug, table.Forge, "lead@forge.example", null, default);
        Assert.Equal(before + 1, await DueAsync());
        table.Clock.Advance(TimeSpan.FromDays(25));
        Assert.Equal(before + 4, await DueAsync());
    }

    [Fact]
    public async Task What_changed_since_the_signer_read_is_not_signed()
    {
        var (secret, code, _) = await InviteAsync();
        await table.ReviseAsync("Make the part.", "Make the part twice.");
        Assert.Equal("definition.revision-stale", await Refusal.CodeOf(() => table.Links.SignAsync(secret, Answer(code), default)));
        Assert.Equal(table.Forge, (await table.Links.SignAsync(secret, Answer(code) with { Revision = 2 }, default)).Organization);
    }

    [Fact]
    public async Task A_signer_reads_what_changed_since_the_version_in_use()
    {
        await table.SignAllAsync();
        await table.PublishAsync();
        await table.ReviseAsync("Make the part.", "Make the part twice.");
        var (secret, _, _) = await InviteAsync();
        var reading = await table.Links.LookAsync(secret, default);
        Assert.Equal((new SignerSince(1, IsSigned: false), 2, "criteria"), (reading.Since, reading.Revision.Number, Assert.Single(reading.Changes).Path));
    }

    [Fact]
    public async Task A_signer_who_has_signed_before_reads_what_changed_since_then()
    {
        var (first, firstCode, _) = await InviteAsync();
        await table.Links.SignAsync(first, Answer(firstCode), default);
        await table.ReviseAsync("Make the part.", "Make the part twice.");
        await table.SignAllAsync();
        var (secret, _, _) = await InviteAsync();
        await table.ReviseAsync("Make the part twice.", "Make the part thrice.");
        var reading = await table.Links.LookAsync(secret, default);
        Assert.Equal(new SignerSince(1, IsSigned: true), reading.Since);
        Assert.Contains(Assert.Single(reading.Changes).Words, run => run.Text.Contains("thrice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_link_and_code_somebody_says_something_of_a_passage_once_and_may_still_sign()
    {
        var (secret, code, _) = await InviteAsync();
        var answer = Answer(code) with { Said = [new("criteria", "Say which plate."), new("", " ")] };
        Assert.Equal("signer.wrong-code", await Refusal.CodeOf(() => table.Links.CommentAsync(secret, answer with { Code = "AAAA-AAAA-AA" }, default)));
        Assert.Equal("comment.text", await Refusal.CodeOf(() => table.Links.CommentAsync(secret, Answer(code), default)));
        Assert.Equal("comment.unknown-passage", await Refusal.CodeOf(() => table.Links.CommentAsync(secret, answer with { Said = [new("competencies/none", "What?")] }, default)));
        await table.Links.CommentAsync(secret, answer, default);
        await table.Links.CommentAsync(secret, answer, default);

        var said = Assert.Single((await table.Links.LookAsync(secret, default)).Said);
        Assert.Equal(("criteria", "Say which plate.", null, table.Forge, 1), (said.Path, said.Text, said.Author, said.Organization, said.Revision));
        await table.Links.SignAsync(secret, answer with { Said = [new("", "Else it is good.")] }, default);
        var comments = await table.Reading.ListAsync(table.Dean, Drafts.Slug, CoAuthoringDocuments.Comments, CoAuthoringDocuments.CommentsBySlug, query => query, default);
        Assert.Equal(["Else it is good.", "Say which plate."], comments.Documents.Select(comment => comment.Text).Order());
    }

    [Fact]
    public async Task Who_declines_says_why_and_the_authors_read_it()
    {
        var (secret, code, _) = await InviteAsync();
        await table.Links.DeclineAsync(secret, Answer(code) with { Comment = "Nobody files by hand here." }, default);
        var comments = await table.Reading.ListAsync(table.Dean, Drafts.Slug, CoAuthoringDocuments.Comments, CoAuthoringDocuments.CommentsBySlug, query => query, default);
        var comment = Assert.Single(comments.Documents);
        Assert.Equal((CommentKind.Declined, "Nobody files by hand here."), (comment.Kind, comment.Text));
    }

    [Fact]
    public async Task An_organization_with_signers_of_its_own_is_asked_by_itself()
    {
        Assert.Equal("signer.not-yours", await Refusal.CodeOf(() => table.Signers.InviteAsync(table.Principal, Drafts.Slug, table.College, "me@school.example", null, default)));
        Assert.Equal("signer.not-yours", await Refusal.CodeOf(() => table.Signers.InviteAsync(table.Teacher, Drafts.Slug, table.Forge, "me@school.example", null, default)));
        Assert.Equal("signer.not-yours", await Refusal.CodeOf(() => table.Signers.InviteAsync(table.Dean, Drafts.Slug, table.Forge, "me@college.example", null, default)));
        Assert.NotNull((await table.Signers.InviteAsync(table.Dean, Drafts.Slug, table.College, "vice@college.example", null, default)).Code);
    }

    [Theory]
    [InlineData("no-address")]
    [InlineData("a@b@c")]
    [InlineData("a@b.example\r\nBcc: c@d.example")]
    [InlineData("<a@b.example>")]
    [InlineData("@b.example")]
    public async Task An_address_that_could_bend_a_letter_is_refused(string address) =>
        Assert.Equal("letter.address", await Refusal.CodeOf(() => table.Signers.InviteAsync(table.Principal, Drafts.Slug, table.Forge, address, null, default)));

    private static SignerAnswer Answer(string code) => new(code, 1, "Pat Lee", "Shop lead", null);

    private async Task<(string Secret, string Code, string Id)> InviteAsync()
    {
        var made = await table.Signers.InviteAsync(table.Principal, Drafts.Slug, table.Forge, "lead@forge.example", null, default);
        return ((await table.SecretOfLetterAsync(made.Invitation.Id))!, made.Code!, made.Invitation.Id);
    }

    private async Task<SignerInvitation> InvitationAsync(string id) => (await table.Store.FindAsync(CoAuthoringDocuments.Signers, id, default))!.Document;

    private async Task<int> DueAsync() => (await table.Outbox.LeaseAsync([CoAuthoringTopics.SignerLetter], 500, TimeSpan.FromMilliseconds(1), default)).Count;
}
