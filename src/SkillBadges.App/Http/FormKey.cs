using System.Text;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

/// <summary>Makes a form that is sent twice the same request, by a hidden field of its page.</summary>
internal static class FormKey
{
    private const int MaxLength = 100;

    /// <param name="actor">Who sends it.</param>
    /// <param name="page">The page's address, without what differs from one to the next.</param>
    /// <param name="once">The hidden field; null or another text than the page wrote makes no key.</param>
    /// <param name="fields">What the form says.</param>
    public static RequestKey? Of(Actor actor, string page, string? once, string fields) =>
        once is { Length: > 0 and <= MaxLength } ? new RequestKey(actor.Person.Value, $"page {page}", once, Sha256Digest.Of(Encoding.UTF8.GetBytes(fields))) : null;
}
