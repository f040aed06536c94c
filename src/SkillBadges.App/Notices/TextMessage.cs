using System.Text.Json;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <summary>A text message as a gateway gets it.</summary>
/// <param name="Id">The same however often it is sent.</param>
/// <param name="To">A telephone number such as <c>+15555550123</c>.</param>
internal sealed record TextMessage(string Id, string To, string Text)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TextMessage Of(Letter letter, LetterContent content) => new(letter.Id, content.To.Address, content.Text);
}
