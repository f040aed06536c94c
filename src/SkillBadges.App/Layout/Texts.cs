using System.Collections.Frozen;
using System.Globalization;

namespace SkillBadges.App.Layout;

/// <summary>
/// What pages say, in the reader's language. A text is named by its English words, so that pages can be read as they are; each other language is one file
/// (<see cref="LanguageFiles"/>), from English words to its own.
/// </summary>
internal sealed class Texts
{
    /// <summary>Remembers the choice; it says nothing of a person.</summary>
    public const string Cookie = "language";

    private const string English = "en";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Known = LanguageFiles.Pages;

    private readonly FrozenDictionary<string, string>? words;

    public Texts(IHttpContextAccessor accessor)
        : this(Wanted(accessor.HttpContext?.Request))
    {
    }

    /// <param name="language">A language that is known, else English.</param>
    public Texts(string language)
    {
        Language = Known.ContainsKey(language) ? language : English;
        words = Known.GetValueOrDefault(Language);
    }

    /// <summary>Their codes, English first.</summary>
    public static IEnumerable<string> Languages => [English, .. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whose days are told: of the reader's school, or of the school whose record is shown.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The language that is shown, such as <c>es</c>.</summary>
    public string Language { get; }

    /// <summary>As HTML has it: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => LanguageFiles.IsRightToLeft(Language) ? "rtl" : "ltr";

    /// <param name="english">The words, <c>{0}</c> where something is put in.</param>
    public string this[string english] => words?.GetValueOrDefault(english) ?? english;

    /// <inheritdoc cref="this[string]"/>
    public string this[string english, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[english], values);

    /// <summary>A day as people write it: <c>Nov 22, 2026</c>. The program carries no tables of cultures, so names of months and their order are texts as well.</summary>
    public string Day(DateOnly day) => this["{0} {1}, {2}", this["Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"].Split(' ')[day.Month - 1], day.Day, day.Year];

    /// <inheritdoc cref="Day(DateOnly)"/>
    public string Day(DateTimeOffset instant) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime));

    /// <param name="timeZone">An IANA name; one that this machine does not know leaves UTC.</param>
    public void Keep(string timeZone) => Zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>What a clock on the wall shows, as people write it: <c>2:05 PM</c>. How that is written is a text as well.</summary>
    /// <param name="wall">In the time zone of the school or organization that the page is about.</param>
    public string Time(DateTime wall) => wall.ToString(this["h:mm tt"], CultureInfo.InvariantCulture);

    /// <summary>By the clock of <see cref="Zone"/>; where that is not known, <c>2:05 PM UTC</c>.</summary>
    public string Time(DateTimeOffset instant) => Zone == TimeZoneInfo.Utc ? this["{0} UTC", Time(instant.UtcDateTime)] : Time(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>A number as people write it: <c>1,234.5</c>. How that number is written is a text as well.</summary>
    /// <param name="format">As in .NET, such as <c>#,0.##</c>.</param>
    public string Number(IFormattable value, string format) => Written(value.ToString(format, CultureInfo.InvariantCulture), this["1,234.5"]);

    /// <param name="like">1,234.5 as somebody writes it: what stands between 1 and 2, and between 4 and 5.</param>
    internal static string Written(string number, string like) => string.Concat(number.Select(sign => sign switch
    {
        ',' => like[1..like.IndexOf('2', StringComparison.Ordinal)],
        '.' => like[(like.IndexOf('4', StringComparison.Ordinal) + 1)..^1],
        _ => sign.ToString(),
    }));

    /// <summary>Every text that a language's file holds.</summary>
    public static IReadOnlyCollection<string> Of(string language) => Known[language].Keys;

    private static string Wanted(HttpRequest? request)
    {
        if (request?.Cookies[Cookie] is { } chosen && (chosen == English || Known.ContainsKey(chosen)))
        {
            return chosen;
        }

        // RFC 9110 (2022-06) 12.5.4: the first that we have, in the order of the reader's weights.
        return request?.GetTypedHeaders().AcceptLanguage.OrderByDescending(wanted => wanted.Quality ?? 1).Select(wanted => wanted.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(code => code == English || Known.ContainsKey(code)) ?? English;
    }
}
