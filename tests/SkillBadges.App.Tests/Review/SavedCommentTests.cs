using System.Net;
using SkillBadges.App.Http;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Review;

/// <summary>Who keeps, sees and changes the words that assessors write again and again.</summary>
[Collection(DistrictCollection.Name)]
public sealed class SavedCommentTests(TestDistrict district)
{
    private const string Address = "/api/saved-comments";

    [Fact]
    public async Task A_private_comment_is_for_its_author_alone()
    {
        using var teacher = await district.AsAsync(await district.App.PersonAsync(district.West, Role.Teacher));
        using var colleague = await district.AsAsync(district.SecondTeacher);

        var kept = await SaveAsync(teacher, new { text = "Show the underside." });

        Assert.Equal([kept.Id], (await ListAsync(teacher, "")).Select(comment => comment.Id));
        Assert.DoesNotContain(await ListAsync(colleague, ""), comment => comment.Id == kept.Id);
        foreach (var (method, body) in new (HttpMethod, object?)[] { (HttpMethod.Get, null), (HttpMethod.Put, new { text = "Mine." }), (HttpMethod.Delete, null) })
        {
            using var answer = await colleague.SendJsonAsync(method, $"{Address}/{kept.Id}", body);
            await answer.RefusesAsync(404, "saved-comment.not-found");
        }
    }

    [Fact]
    public async Task A_shared_comment_is_read_by_the_staff_and_changed_by_its_author_or_the_administrator()
    {
        using var author = await district.AsAsync(district.Teacher);
        using var colleague = await district.AsAsync(district.SecondTeacher);
        using var admin = await district.AsAsync(await district.App.PersonAsync(district.West, Role.OrganizationAdmin));
        using var elsewhere = await district.AsAsync(district.EastTeacher);
        var kept = await SaveAsync(author, new { text = "Show the gauge.", organizationId = district.West.Value });
        var shared = $"?organizationId={district.West}";

        Assert.Contains(await ListAsync(colleague, shared), comment => comment.Id == kept.Id);
        Assert.DoesNotContain(await ListAsync(author, ""), comment => comment.Id == kept.Id);
        using var outside = await elsewhere.GetAsync(new Uri(Address + shared, UriKind.Relative));
        await outside.RefusesAsync(403, "role.missing");
        using var byColleague = await colleague.PutJsonAsync($"{Address}/{kept.Id}", new { text = "Other." });
        await byColleague.RefusesAsync(403, "saved-comment.not-yours");
        using var byAuthor = await author.PutJsonAsync($"{Address}/{kept.Id}", new { text = "Show the fillet gauge." }, ("If-Match", "\"v1\""));
        Assert.Equal("Show the fillet gauge.", (await byAuthor.ReadAsync<SavedCommentView>()).Text);
        using var stale = await admin.SendJsonAsync(HttpMethod.Delete, $"{Address}/{kept.Id}", null, ("If-Match", "\"v1\""));
        await stale.RefusesAsync(412, "request.stale");
        using var removed = await admin.DeleteAsync(new Uri($"{Address}/{kept.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await author.GetAsync(new Uri($"{Address}/{kept.Id}", UriKind.Relative));
        await gone.RefusesAsync(404, "saved-comment.not-found");
    }

    [Fact]
    public async Task Who_left_the_organization_neither_reads_nor_changes_what_was_shared()
    {
        var person = await district.App.PersonAsync(district.West, Role.Teacher);
        using var author = await district.AsAsync(person);
        var kept = await SaveAsync(author, new { text = "Well done.", organizationId = district.West.Value });
        await district.DismissAsync(person, district.West);

        using var changed = await author.PutJsonAsync($"{Address}/{kept.Id}", new { text = "Other." });
        await changed.RefusesAsync(404, "saved-comment.not-found");
    }

    [Fact]
    public async Task A_comment_has_1_to_500_characters_and_a_person_keeps_500()
    {
        var person = await district.App.PersonAsync(district.West, Role.Teacher);
        using var teacher = await district.AsAsync(person);
        foreach (var text in new[] { " ", new string('x', 501), "a\u202eb" })
        {
            using var refused = await teacher.PostAsync(Address, new { text });
            await refused.RefusesAsync(422, "saved-comment.text");
        }

        var changes = new Changes();
        for (var i = 1; i < SavedComment.MaxKept; i++)
        {
            changes.Add(SavedCommentDocuments.Kind, SavedComment.Keep($"{person}-{i}", person, null, "Again.", district.App.Clock.GetUtcNow()));
        }

        await district.Store.CommitAsync(changes, CancellationToken.None);
        await SaveAsync(teacher, new { text = new string('x', 500) });
        using var beyond = await teacher.PostAsync(Address, new { text = "One more." });
        await beyond.RefusesAsync(422, "saved-comment.too-many");
        await SaveAsync(teacher, new { text = "Shared ones count by themselves.", organizationId = district.West.Value });
    }

    [Fact]
    public async Task The_same_request_again_keeps_one()
    {
        using var teacher = await district.AsAsync(await district.App.PersonAsync(district.West, Role.Teacher));
        using var first = await teacher.PostAsync(Address, new { text = "Once." }, ("Idempotency-Key", "k1"));
        using var second = await teacher.PostAsync(Address, new { text = "Once." }, ("Idempotency-Key", "k1"));

        Assert.Equal((await first.ReadAsync<SavedCommentView>()).Id, (await second.ReadAsync<SavedCommentView>()).Id);
        Assert.Single(await ListAsync(teacher, ""));
    }

    private static async Task<SavedCommentView> SaveAsync(HttpClient client, object body)
    {
        using var answer = await client.PostAsync(Address, body);
        return await answer.ReadAsync<SavedCommentView>();
    }

    private static async Task<IReadOnlyList<SavedCommentView>> ListAsync(HttpClient client, string query)
    {
        using var answer = await client.GetAsync(new Uri(Address + query, UriKind.Relative));
        return (await answer.ReadAsync<PageOf<SavedCommentView>>()).Items;
    }
}
