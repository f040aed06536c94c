using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Http;
using SkillBadges.App.Notices;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.SignIn;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Notices;

/// <summary>What leaves the house, from the notice to the folder, the mail server or the gateway.</summary>
public sealed class LetterTests
{
    [Fact]
    public async Task Notices_go_out_at_once_or_in_one_letter_a_day_as_the_person_chose()
    {
        using var letters = new Letters();
        await using var app = await TestApp.StartAsync(settings => settings with { MailFolder = letters.Folder });
        var (person, login) = await app.WithPasswordAsync();
        using var client = await app.AsAsync(person);
        var now = app.Clock.Now();
        using (await client.SendJsonAsync(HttpMethod.Put, "/api/notice-preferences/workApproved", new { delivery = "off" }))
        {
            await app.Store.CommitAsync(
                new Changes()
                    .Notify(person, NoticeKind.WorkTurnedIn, "one", now)
                    .Notify(person, NoticeKind.WorkTurnedIn, "two", now)
                    .Notify(person, NoticeKind.WorkApproved, "three", now)
                    .Notify(person, NoticeKind.WorkReturned, "four", now),
                CancellationToken.None);
        }

        var letter = Assert.Single(await letters.TakeAsync(1));
        Assert.Contains($"To: <{login}>", letter.Head, StringComparison.Ordinal);
        Assert.Contains(NoticeWords.Of(NoticeKind.WorkReturned), letter.Body, StringComparison.Ordinal);
        var digest = await DigestAsync(app, person);
        var delivery = app.Services.GetRequiredService<NoticeDelivery>();
        await delivery.WriteDigestAsync(digest.Id, CancellationToken.None);
        await delivery.WriteDigestAsync(digest.Id, CancellationToken.None);

        var daily = Assert.Single(await letters.TakeAsync(1));
        Assert.Contains($"2 × {NoticeWords.Of(NoticeKind.WorkTurnedIn)}", daily.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(NoticeWords.Of(NoticeKind.WorkApproved), daily.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_reaches_who_is_invited()
    {
        using var letters = new Letters();
        await using var app = await TestApp.StartAsync(settings => settings with { MailFolder = letters.Folder });
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        using var made = await admin.PostAsync("/api/invitations", new { organizationId = school.Id.Value, role = "teacher", email = "grace@example.org" });

        Assert.True(made.IsSuccessStatusCode);
        var letter = Assert.Single(await letters.TakeAsync(1));
        var secret = System.Text.RegularExpressions.Regex.Match(letter.Body, "/invitation/(\\S+)").Groups[1].Value;
        using var accepted = await app.Anonymous().PostAsync("/api/accepted-invitations", new { secret, loginName = "grace@example.org", password = SetUpPeople.Password, displayName = "Grace Hopper" });
        Assert.True(accepted.IsSuccessStatusCode);
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal) || line.Contains("grace@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_state_office_sees_letters_that_nobody_took_and_not_what_they_said()
    {
        await using var server = new SmtpServer();
        server.Answers["RCPT"] = "550 No such person";
        await using var app = await TestApp.StartAsync(settings => settings with { Mail = settings.Mail with { Host = "127.0.0.1", Port = server.Port } });
        var (person, _) = await app.WithPasswordAsync();
        using var state = await app.AsAsync(await app.StateAdminAsync());
        await app.Store.CommitAsync(new Changes().Notify(person, NoticeKind.WorkReturned, "work", app.Clock.Now()), CancellationToken.None);

        IReadOnlyList<LetterView> dead = [];
        while (dead.Count == 0)
        {
            using var answer = await state.GetAsync(new Uri("/api/letters", UriKind.Relative));
            dead = (await answer.ReadAsync<PageOf<LetterView>>()).Items;
        }

        Assert.Equal((LetterState.Dead, "refused", 1), (dead[0].State, dead[0].Fault, dead[0].Attempts));
        var stored = (await app.Store.FindAsync(LetterDocuments.Kind, dead[0].Id, CancellationToken.None))!;
        Assert.Null(stored.Document.SealedContent);
    }

    [Fact]
    public async Task A_gateway_gets_text_messages_with_their_token_and_id()
    {
        var heard = new List<(string? Authorization, string? Key, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        await using var gateway = builder.Build();
        gateway.MapPost("/send", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            heard.Add((request.Headers.Authorization, request.Headers[Idempotency.Header], await reader.ReadToEndAsync()));
            return heard.Count == 1 ? Results.StatusCode(503) : Results.Ok();
        });
        await gateway.StartAsync();
        await using var app = await TestApp.StartAsync(settings => settings with { Texts = new(new Uri(gateway.Urls.First() + "/send"), "secret-token") });
        var changes = new Changes();
        var id = app.Services.GetRequiredService<LetterWriting>().Write(changes, Destination.Parse(Channel.Text, "+15555550123"), LetterKind.Code, "123456", app.Clock.Now());
        await app.Store.CommitAsync(changes, CancellationToken.None);

        while ((await app.Store.FindAsync(LetterDocuments.Kind, id, CancellationToken.None))!.Document.State == LetterState.Waiting)
        {
            await Task.Delay(20);
        }

        Assert.Equal(2, heard.Count);
        Assert.Equal(heard[0], heard[1]);
        Assert.Equal(("Bearer secret-token", id), (heard[1].Authorization, heard[1].Key));
        using var message = JsonDocument.Parse(heard[1].Body);
        Assert.Equal(("+15555550123", id), (message.RootElement.GetProperty("to").GetString(), message.RootElement.GetProperty("id").GetString()));
        Assert.Contains("123456", message.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static async Task<Digest> DigestAsync(TestApp app, PersonId person)
    {
        while (true)
        {
            var digests = await app.Store.QueryAsync(DigestDocuments.Kind, DigestDocuments.ByExpiry.Where().Take(10), CancellationToken.None);
            if (digests.Documents.FirstOrDefault(digest => digest.Person == person) is { } found
                && (await app.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByDigest.Where(found.Id), CancellationToken.None)).Items.Count == 2)
            {
                return found;
            }

            await Task.Delay(20);
        }
    }
}
