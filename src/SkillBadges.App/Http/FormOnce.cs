using System.Text;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

/// <summary>A form that is sent twice, by an impatient thumb or by "back", does its work once: each drawing of it holds a number of its own.</summary>
internal static class FormOnce
{
    private const int MaxLength = 100;

    /// <param name="actor">Who sends it.</param>
    /// <param name="page">The address and the form, such as <c>/office/people add</c>.</param>
    /// <param name="once">The number that was in the form; none makes each sending another.</param>
    /// <param name="fields">What was typed.</param>
    public static RequestKey? Key(Actor actor, string page, string? once, params ReadOnlySpan<string?> fields) => once is { Length: > 0 and <= MaxLength }
        ? new(actor.Person.Value, $"page {page}", once, Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', fields!))))
        : null;
}
