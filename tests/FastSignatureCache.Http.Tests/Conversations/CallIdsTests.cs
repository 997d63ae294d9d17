using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Tests.Conversations;

public class CallIdsTests
{
    [Theory]
    [InlineData("function-call-11377364527410364545", true)]
    [InlineData("call_CzWXJIo2qUhBmDgr5KzTRHsN", true)]
    [InlineData("toolu_01A09q90qw90lq917835lq9", true)]
    [InlineData("call_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", true)]
    [InlineData("call_Read", false)]
    [InlineData("call_get_weather_2", false)]
    [InlineData("functions.get_weather:0", false)]
    [InlineData("getWeather", false)]
    [InlineData("call_0", false)]
    [InlineData("17", false)]
    public void Ids_made_of_a_name_or_a_number_are_not_unique(string id, bool isUnique) => Assert.Equal(isUnique, CallIds.IsUnique(id));
}
